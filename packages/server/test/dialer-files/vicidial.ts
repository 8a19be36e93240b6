import type { MachineCode } from '@recuento/contract';
import { CALL_S } from '../master-csv.js';
import { codesOf, type DialedLeg, type DialerFile, type FileKind, lineFile, stampOf } from './file-kind.js';

const ENDINGS = codesOf({
  NA: 'no_answer',
  ADC: 'failed',
  ADCT: 'congestion',
  AB: 'busy',
  SALE: 'answer',
  AA: 'answer_machine',
});

const idOf = ({ call }: DialedLeg) => `${CALL_S + call}.${call}`;
const lineOf = (values: readonly (string | number)[]) => values.join('\t');
const userOf = ({ word, way }: DialedLeg) => (word === 'SALE' ? `600${way}` : 'VDAD');

const LOG_COLUMNS = [
  ...[
    'uniqueid',
    'lead_id',
    'list_id',
    'campaign_id',
    'call_date',
    'start_epoch',
    'end_epoch',
    'length_in_sec',
  ],
  ...['status', 'phone_code', 'phone_number', 'user', 'comments', 'processed', 'user_group', 'term_reason'],
];

/** All rows of a call are of its one moment: uniqueid is the table's key, and exports overlap. */
function logLine(leg: DialedLeg): string {
  const start_s = CALL_S + leg.call;
  return lineOf([
    ...[idOf(leg), `7${leg.way}`, 998, 'COLLECT1', stampOf({ ...leg, late_s: 0 }), start_s, start_s + 20],
    ...[leg.seconds, leg.word, 57, leg.telephone, userOf(leg), 'AUTO', 'N', 'NULL', 'NONE'],
  ]);
}

const CARRIER_COLUMNS = [
  ...['uniqueid', 'call_date', 'server_ip', 'lead_id', 'hangup_cause', 'dialstatus', 'channel', 'dial_time'],
  ...['answered_time', 'sip_hangup_cause', 'sip_hangup_reason', 'caller_code'],
];

/** What the carrier says of a call: Q.850 number, DIALSTATUS, and what an AB or NA is then. */
const CARRIER: readonly (readonly [cause: number, dialstatus: string, code: MachineCode])[] = [
  [34, 'CONGESTION', 'congestion'],
  [1, 'CHANUNAVAIL', 'failed'],
  [17, 'BUSY', 'busy'],
  [20, 'CHANUNAVAIL', 'no_answer'],
];
/** One call in five has no row. */
const carrierOf = ({ call }: DialedLeg) => CARRIER[call % (CARRIER.length + 1)];

/** An agent and AMD know more than the carrier; of everything else the carrier's cause decides. */
function refinedCode(leg: DialedLeg): MachineCode {
  const stands = leg.word === 'SALE' || leg.word === 'AA';
  return (stands ? undefined : carrierOf(leg)?.[2]) ?? ENDINGS.codeOf(leg);
}

/** The carrier log first, with the rows of the part's calls (and their doubles): the order that the guide states. */
function refinedFile(legs: readonly DialedLeg[]): DialerFile {
  const rows = legs.flatMap((leg) => {
    const [cause, dialstatus] = carrierOf(leg) ?? [];
    if (cause === undefined || dialstatus === undefined) return [];
    const told = [cause, dialstatus, 'SIP/north-1', 8, 0, 0, '', 'V1'];
    return [lineOf([idOf(leg), stampOf({ ...leg, late_s: 0 }), '10.0.0.5', '7', ...told])];
  });
  const carrier = [lineOf(CARRIER_COLUMNS), ...rows.reverse()];
  const log = lineFile([lineOf(LOG_COLUMNS)], logLine, legs);
  return {
    ...log,
    body: carrier.map((line) => `${line}\n`).join('') + log.body,
    read: log.read + carrier.length,
  };
}

const EXPORT_COLUMNS = [
  ...['call_date', 'phone_number_dialed', 'status', 'user', 'full_name', 'campaign_id', 'vendor_lead_code'],
  ...['source_id', 'list_id', 'gmt_offset_now', 'phone_code', 'phone_number', 'length_in_sec', 'uniqueid'],
];

function exportLine(leg: DialedLeg): string {
  return lineOf([
    ...[
      stampOf({ ...leg, late_s: 0 }),
      leg.telephone,
      leg.word,
      userOf(leg),
      'Ana',
      'COLLECT1',
      'C-17',
      '',
      998,
    ],
    ...['-5.00', 57, '3009999999', leg.seconds, idOf(leg)],
  ]);
}

export const VICIDIAL_FILES: readonly FileKind[] = [
  {
    name: 'vicidial-log',
    format: 'vicidial-log',
    query: { phone_code: 'omit' },
    ...ENDINGS,
    file: (legs) => lineFile([lineOf(LOG_COLUMNS)], logLine, legs),
  },
  {
    name: 'vicidial-log with its carrier log',
    format: 'vicidial-log',
    query: { phone_code: 'omit' },
    words: ENDINGS.words,
    codeOf: refinedCode,
    file: refinedFile,
  },
  {
    name: 'vicidial-export',
    format: 'vicidial-export',
    query: { phone_code: 'omit' },
    ...ENDINGS,
    file: (legs) => lineFile([lineOf(EXPORT_COLUMNS)], exportLine, legs),
  },
];
