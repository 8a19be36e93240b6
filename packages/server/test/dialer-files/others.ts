import { codesOf, type DialedLeg, type FileKind, jsonFile, lineFile, stampOf } from './file-kind.js';

const TWILIO = codesOf({
  'no-answer': 'no_answer',
  canceled: 'no_answer',
  failed: 'failed',
  busy: 'busy',
  completed: 'answer',
  machine_start: 'answer_machine',
});

/** A page of the list, and what the callback of the same call knew: another start, another duration. */
function twilioCall(leg: DialedLeg) {
  const is_machine = leg.word === 'machine_start';
  return {
    sid: `CA${String(leg.call).padStart(32, '0')}`,
    to: leg.telephone,
    status: is_machine ? 'completed' : leg.word,
    start_time: `${stampOf(leg).replace(' ', 'T')}Z`,
    answered_by: is_machine ? 'machine_start' : '',
    direction: leg.way === 0 ? 'outbound-api' : 'outbound-dial',
    duration: String(leg.seconds),
  };
}

const PLIVO = codesOf({
  '3000': 'no_answer',
  '3050': 'failed',
  '3090': 'congestion',
  'Busy Line': 'busy',
  '4000': 'answer',
  '9100': 'answer_machine',
});

function plivoCall(leg: DialedLeg) {
  const at = `${stampOf({ ...leg, late_s: 0 })}+00:00`;
  const is_code = /^\d+$/.test(leg.word);
  return {
    call_uuid: `u${leg.call}`,
    to_number: leg.telephone,
    call_direction: 'outbound',
    initiation_time: at,
    answer_time: leg.word === '4000' || leg.word === '9100' ? at : '',
    end_time: at,
    bill_duration: String(leg.seconds),
    hangup_cause_code: is_code ? leg.word : '',
    hangup_cause_name: is_code ? '' : leg.word,
  };
}

const WOLKVOX = codesOf({
  'NO-ANSWER': 'no_answer',
  CHANUNAVAIL: 'failed',
  CONGESTION: 'congestion',
  BUSY: 'busy',
  ANSWER: 'answer',
  MAILBOX: 'answer_machine',
  RECALL: 'recall',
});

function vendorRow(leg: DialedLeg, campaign_id: number) {
  return {
    campaign_id: String(campaign_id),
    customer_name: ['Ana', 'Luz', 'Sol'][leg.way] ?? '',
    customer_id: `c${leg.call}`,
    date: stampOf({ ...leg, late_s: 0 }),
    telephone: leg.telephone,
    result: leg.word,
    opt1: leg.trunk,
    // A row without it is known by its time, its telephone and its customer.
    conn_id: leg.call === 0 ? '' : `conn-${leg.call}`,
  };
}

const CSV = codesOf({
  'no answer': 'no_answer',
  NOANSWER: 'no_answer',
  CHANUNAVAIL: 'failed',
  ADCT: 'congestion',
  USER_BUSY: 'busy',
  completed: 'answer',
  answer_machine: 'answer_machine',
});

const csvLine = (leg: DialedLeg) =>
  [`id-${leg.call}`, leg.trunk, leg.telephone, stampOf({ ...leg, late_s: 0 }), leg.word, leg.seconds].join(
    ';',
  );

/** The header of records, and how each is a line of it. */
const headerOf = (record: object) => Object.keys(record).join(',');
const valuesOf = (record: object) => Object.values(record).join(',');
const ANY: DialedLeg = { call: 0, telephone: '', word: '', late_s: 0, seconds: 0, trunk: '', way: 0 };

export const OTHER_FILES: readonly FileKind[] = [
  {
    name: 'plivo, pages',
    format: 'plivo',
    ...PLIVO,
    file: (legs) => jsonFile(legs.map(plivoCall), '{"meta": {"limit": 20}, "objects": [', ']}'),
  },
  {
    name: 'plivo, a file with a header',
    format: 'plivo',
    ...PLIVO,
    file: (legs) => lineFile([headerOf(plivoCall(ANY))], (leg) => valuesOf(plivoCall(leg)), legs),
  },
  {
    name: 'twilio, pages',
    format: 'twilio',
    ...TWILIO,
    times_move: true,
    file: (legs) => jsonFile(legs.map(twilioCall), '{"calls": [', '], "next_page_uri": null}'),
  },
  {
    name: 'twilio, a file with a header',
    format: 'twilio',
    ...TWILIO,
    times_move: true,
    file: (legs) => lineFile([headerOf(twilioCall(ANY))], (leg) => valuesOf(twilioCall(leg)), legs),
  },
  {
    name: 'vendor-campaign-3, replies',
    format: 'vendor-campaign-3',
    ...WOLKVOX,
    file: (legs, campaign_id) => {
      const rows = legs.map((leg) => vendorRow(leg, campaign_id));
      return jsonFile(rows, '{"code": 200, "error": null, "msg": "", "data": [', ']}');
    },
  },
  {
    name: 'vendor-campaign-3, a file with a header',
    format: 'vendor-campaign-3',
    ...WOLKVOX,
    file: (legs, campaign_id) =>
      lineFile([headerOf(vendorRow(ANY, 0))], (leg) => valuesOf(vendorRow(leg, campaign_id)), legs),
  },
  {
    name: 'csv with a map',
    format: 'csv',
    query: {
      map: 'attempt_id=Id,trunk=Route,telephone=Phone,dialed_at=When,result=Outcome,duration_seconds=Secs',
    },
    ...CSV,
    file: (legs) => lineFile(['Id;Route;Phone;When;Outcome;Secs'], csvLine, legs),
  },
  {
    name: 'csv whose lines have no id',
    format: 'csv',
    query: { map: 'trunk=Route,telephone=Phone,dialed_at=When,result=Outcome,duration_seconds=Secs' },
    ...CSV,
    keyOf: csvLine,
    file: (legs) => lineFile(['Id;Route;Phone;When;Outcome;Secs'], csvLine, legs),
  },
];
