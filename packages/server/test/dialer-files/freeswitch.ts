import { asXml, cdrCsv, switchCall } from '../freeswitch-records.js';
import { CALL_S } from '../master-csv.js';
import { codesOf, type DialedLeg, type FileKind, jsonFile, lineFile, stampOf } from './file-kind.js';

const CAUSES = {
  NO_ANSWER: 'no_answer',
  ORIGINATOR_CANCEL: 'no_answer',
  CALL_REJECTED: 'failed',
  NORMAL_CIRCUIT_CONGESTION: 'congestion',
  USER_BUSY: 'busy',
  NORMAL_CLEARING: 'answer',
} as const;

/** The uuid of a call's a-leg, or of its b-leg. */
const uuidOf = (leg: 'a' | 'b', call: number) => `${leg.repeat(8)}-0000-4000-8000-00000000000${call}`;

/** A call that was put through has two rows, and the a-leg's names the other; others have one. */
function csvLine(leg: DialedLeg): string {
  const { call, telephone, word, seconds, way } = leg;
  const originated = { caller_id_name: 'Outbound Call', caller_id_number: telephone };
  const row = {
    destination_number: telephone,
    start_stamp: stampOf(leg),
    answer_stamp: word === 'NORMAL_CLEARING' ? stampOf(leg) : '',
    end_stamp: stampOf(leg),
    billsec: seconds,
    hangup_cause: word,
  };
  const a = { uuid: uuidOf('a', call), bleg_uuid: uuidOf('b', call) };
  const b = { uuid: uuidOf('b', call) };
  const rows = [{ ...a }, { ...a, ...originated, destination_number: '&bridge(user/1001)' }, { ...b }];
  return cdrCsv({ ...row, ...rows[way % rows.length] }, 15);
}

function jsonRecord(leg: DialedLeg): object {
  const { call, telephone, word, late_s, seconds, way } = leg;
  const start_s = CALL_S + call + late_s;
  const is_answered = word === 'NORMAL_CLEARING' || word === 'MACHINE';
  const variables = {
    uuid: uuidOf(way === 2 ? 'b' : 'a', call),
    hangup_cause: word === 'MACHINE' ? 'NORMAL_CLEARING' : word,
    billsec: String(seconds),
    sip_gateway_name: leg.trunk,
    ...(is_answered && { answer_epoch: String(start_s + 1) }),
    ...(word === 'MACHINE' && { amd_result: 'MACHINE' }),
    ...(way === 2 && { call_uuid: uuidOf('b', call), originating_leg_uuid: uuidOf('a', call) }),
  };
  return switchCall(telephone, variables, { encode: way === 1, start_s });
}

const FUSIONPBX_COLUMNS = [
  ...['extension', 'start_stamp', 'start_epoch', 'hangup_cause', 'xml_cdr_uuid', 'bridge_uuid', 'direction'],
  ...['billsec', 'caller_id_name', 'caller_id_number', 'destination_number', 'leg', 'answer_stamp'],
];

/** Every value between quotes, none escaped. */
function fusionpbxLine(leg: DialedLeg): string {
  const { call, telephone, word, late_s, seconds, way } = leg;
  const is_b = way === 2;
  return [
    ...['101', `${stampOf(leg)}.25+00`, way === 1 ? '' : CALL_S + call + late_s, word],
    ...[uuidOf(is_b ? 'b' : 'a', call), is_b ? uuidOf('a', call) : '', 'outbound', seconds, 'Ana "x" Gil'],
    ...['101', telephone, is_b ? 'b' : 'a', word === 'NORMAL_CLEARING' ? stampOf(leg) : ''],
  ]
    .map((value) => `"${value}"`)
    .join(',');
}

export const FREESWITCH_FILES: readonly FileKind[] = [
  {
    name: 'freeswitch-csv, both legs',
    format: 'freeswitch-csv',
    ...codesOf(CAUSES),
    times_move: true,
    file: (legs) => lineFile([], csvLine, legs),
  },
  {
    name: 'freeswitch-json',
    format: 'freeswitch-json',
    ...codesOf({ ...CAUSES, MACHINE: 'answer_machine' }),
    times_move: true,
    file: (legs) => jsonFile(legs.map(jsonRecord), '[', ']'),
  },
  {
    name: 'freeswitch-xml',
    format: 'freeswitch-xml',
    ...codesOf({ ...CAUSES, MACHINE: 'answer_machine' }),
    times_move: true,
    file: (legs) => {
      const texts = legs.map((leg) => asXml(jsonRecord(leg), leg.way === 0 ? '' : '\n  '));
      texts.splice(1, 0, '<cdr><variables><uuid>x</uuid>\n');
      return { body: texts.join(''), read: texts.length, rejected: 1 };
    },
  },
  {
    name: 'fusionpbx',
    format: 'fusionpbx',
    ...codesOf(CAUSES),
    times_move: true,
    file: (legs) => lineFile([FUSIONPBX_COLUMNS.map((name) => `"${name}"`).join(',')], fusionpbxLine, legs),
  },
];
