import { CALL_S, type CdrFields, type Columns, cdrLine } from '../master-csv.js';
import { codesOf, type DialedLeg, type FileKind, lineFile, stampOf } from './file-kind.js';

const ENDINGS = codesOf({
  'NO ANSWER': 'no_answer',
  CANCEL: 'no_answer',
  FAILED: 'failed',
  CONGESTION: 'congestion',
  BUSY: 'busy',
  ANSWERED: 'answer',
  VoiceMail: 'answer_machine',
});

const callId = ({ call }: DialedLeg) => `${CALL_S + call}.${call}`;
/** A leg has an id of its own; the first leg's is its call's. */
const legId = (leg: DialedLeg) =>
  leg.way === 0 ? callId(leg) : `${CALL_S + leg.call + leg.way}.1${leg.way}`;

function fieldsOf(leg: DialedLeg): Partial<CdrFields> {
  const is_machine = leg.word === 'VoiceMail';
  return {
    dst: leg.telephone,
    dstchannel: `PJSIP/${leg.trunk}-0000000${leg.way}`,
    lastapp: is_machine ? 'VoiceMail' : 'Dial',
    lastdata: is_machine ? '100@default' : `PJSIP/${leg.telephone}@${leg.trunk},30`,
    disposition: is_machine ? 'ANSWERED' : leg.word,
    billsec: leg.seconds,
    start: stampOf(leg),
  };
}

function csvKind(columns: Columns): FileKind {
  const lineOf = (leg: DialedLeg) => {
    const own = columns >= 19 ? legId(leg) : callId(leg);
    return cdrLine({ ...fieldsOf(leg), uniqueid: own, linkedid: callId(leg) }, columns);
  };
  return {
    name: `asterisk-csv, ${columns} columns`,
    format: 'asterisk-csv',
    ...ENDINGS,
    // Without any id only the line itself tells its attempt.
    ...(columns === 16 && { keyOf: lineOf }),
    file: (legs) => lineFile([], lineOf, legs),
  };
}

/** cdr_custom.conf.sample. */
function customLine(leg: DialedLeg): string {
  const cdr = fieldsOf(leg);
  const { start = '' } = cdr;
  return [
    ...['"Ana" <1000>', '1000', cdr.dst, 'outbound', 'PJSIP/1000-00000001', cdr.dstchannel, cdr.lastapp],
    ...[cdr.lastdata, start, '', start, '20', cdr.billsec, cdr.disposition, 'DOCUMENTATION', ''],
    ...[callId(leg), '', leg.way],
  ]
    .map((value) => `"${String(value).replaceAll('"', '""')}"`)
    .join(',');
}

const SQL_COLUMNS = [
  ...['calldate', 'clid', 'src', 'dst', 'dcontext', 'channel', 'dstchannel', 'lastapp', 'lastdata'],
  ...['duration', 'billsec', 'disposition', 'amaflags', 'accountcode', 'uniqueid', 'userfield', 'linkedid'],
];

/** As MySQL's client prints it: tabs, no quotes, NULL. */
function sqlLine(leg: DialedLeg): string {
  const cdr = fieldsOf(leg);
  return [
    ...[cdr.start, '"Ana" <1000>', '1000', cdr.dst, 'outbound', 'PJSIP/1000-1', cdr.dstchannel, cdr.lastapp],
    ...[cdr.lastdata, 20, cdr.billsec, cdr.disposition, 3, 'NULL', legId(leg), 'NULL', callId(leg)],
  ].join('\t');
}

const UCM_COLUMNS = [
  ...['AcctId', 'src', 'dst', 'clid', 'channel', 'dstchannel', 'lastapp', 'lastdata', 'start', 'billsec'],
  ...['disposition', 'uniqueid', 'userfield', 'dstchannel_ext', 'session', 'dst_trunk_name'],
];

/** As a UCM's API writes it: the dial string's commas and the caller's quotes as they are. */
function ucmLine(leg: DialedLeg): string {
  const { call, telephone, trunk, way } = leg;
  const { lastapp, lastdata, start, billsec, disposition } = fieldsOf(leg);
  const data = way === 0 ? `PJSIP/trunk_1/${telephone},60,` : `"${lastdata}"`;
  return [
    ...[call, '1000', telephone, '"Ana" <1000>', 'PJSIP/1000-1', 'PJSIP/trunk_1-2', lastapp, data, start],
    ...[billsec, disposition, callId(leg), 'Outbound', 'trunk_1', `${call}-1000`, trunk],
  ].join(',');
}

export const ASTERISK_FILES: readonly FileKind[] = [
  csvKind(16),
  csvKind(18),
  csvKind(21),
  {
    name: 'asterisk-custom',
    format: 'asterisk-custom',
    ...ENDINGS,
    file: (legs) => lineFile([], customLine, legs),
  },
  {
    name: 'asterisk-sql',
    format: 'asterisk-sql',
    ...ENDINGS,
    file: (legs) => lineFile([SQL_COLUMNS.join('\t')], sqlLine, legs),
  },
  {
    name: 'grandstream',
    format: 'grandstream',
    ...ENDINGS,
    file: (legs) => lineFile([UCM_COLUMNS.join(',')], ucmLine, legs),
  },
];
