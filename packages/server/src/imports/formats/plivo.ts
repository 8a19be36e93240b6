import { foldSpelling } from '@recuento/contract';
import type { OutcomeWords } from '../evidence/evidence.js';
import type { Trunks } from '../evidence/trunks.js';
import { Dates } from '../fields/dates.js';
import { toldBy } from '../fields/nothing.js';
import { secondsTold } from '../fields/seconds.js';
import { type Reading, type ReadLine, rejected, skipped, WrongFile } from '../reading/reading.js';
import type { Columns } from '../rows/columns.js';
import { headerOf, missingColumns } from '../rows/header.js';
import { ONLY_OF_LINES } from '../rows/row-filter.js';
import { tableReader } from '../rows/table-reader.js';
import { checkedLeg, type FieldNames } from './checked-leg.js';
import type { ImportFormat } from './format.js';
import { beginsAsJson, fieldTextOf, parseObject } from './json-object.js';

/**
 * Calls of Plivo: replies of `GET /v1/Account/{auth_id}/Call/` (`objects`), and single call objects, also those of its SIP
 * trunks (Zentrunk) and in the spelling of its libraries (`callUuid`); and files with a header of the same names. These
 * fields are read:
 *
 *   call_uuid, to_number, call_direction, initiation_time, answer_time, end_time, bill_duration, call_duration,
 *   hangup_cause_code, hangup_cause_name
 *
 * (docs.plivo.com/docs/voice/api/call/the-call-object; the causes: plivo.com/docs/voice/troubleshooting/hangup-causes.)
 * Times have an offset; those without one are in the declared zone. answer_time shows whether a call was answered.
 */
export const plivo: ImportFormat = {
  name: 'plivo',
  cut: { into: 'either', list_key: 'objects' },
  takes: ['date_order', 'only'],
  open: (context) => {
    const dates = new Dates(context.time_zone, context.date_order);
    const { only, trunks } = context;
    const ofRow = (fields: readonly string[], at: At): FieldOf => {
      return (name) => (at[name] < 0 ? undefined : (fields[at[name]] ?? '').trim());
    };
    const readRow = tableReader(
      columnsOf,
      (_, fields, at) => readCall(ofRow(fields, at), dates, trunks),
      only,
    );
    const read: ReadLine = (text) => {
      if (!text.startsWith('{')) return readRow(text);
      if (only !== undefined) throw new WrongFile(ONLY_OF_LINES);
      return readJson(text, dates, trunks);
    };
    read.end = readRow.end;
    return read;
  },
  recognise: ({ text, lines }) => {
    if (beginsAsJson(text)) {
      return KEYS.every((key) => key.test(text)) ? 'JSON with call_direction and hangup_source' : undefined;
    }
    const found = headerOf(
      lines,
      (header) => missingColumns(header, [...NEEDED, 'call_direction']) ?? header,
    );
    return found && 'a header with call_uuid, to_number, call_direction';
  },
};

const KEYS = [/"call_?direction"\s*:/i, /"hangup_?(?:source|cause_?code)"\s*:/i];

type Field =
  | ('call_uuid' | 'to_number' | 'call_direction' | 'initiation_time' | 'answer_time' | 'end_time')
  | ('bill_duration' | 'call_duration' | 'hangup_cause_code' | 'hangup_cause_name');
const NEEDED = [
  ...['call_uuid', 'to_number', 'initiation_time', 'answer_time'],
  ['hangup_cause_code', 'hangup_cause_name'],
];

/** A field's text; undefined where the source lacks the field. */
type FieldOf = (name: Field) => string | undefined;

const WORDS: OutcomeWords = { cause: 'plivo' };
const NAMES: FieldNames = {
  key: 'call_uuid',
  telephone: 'to_number',
  start: 'initiation_time',
  outcome: 'hangup_cause_code',
};

type At = Readonly<Record<Field, number>>;

function columnsOf(header: Columns): At | string {
  const missing = missingColumns(header, NEEDED);
  if (missing !== undefined) return missing;
  const at = {
    call_uuid: header.at('call_uuid'),
    to_number: header.at('to_number'),
    call_direction: header.at('call_direction'),
    initiation_time: header.at('initiation_time'),
    answer_time: header.at('answer_time'),
    end_time: header.at('end_time'),
    bill_duration: header.at('bill_duration'),
    call_duration: header.at('call_duration'),
    hangup_cause_code: header.at('hangup_cause_code'),
    hangup_cause_name: header.at('hangup_cause_name'),
  };
  header.use(Object.values(at));
  return at;
}

function readJson(text: string, dates: Dates, trunks: Trunks | undefined): Reading {
  const call = parseObject(text);
  if (typeof call === 'string') return rejected(call);
  const field = (name: Field) => {
    const text = fieldTextOf(call, name);
    return text === undefined ? undefined : toldBy(text);
  };
  return readCall(field, dates, trunks);
}

const INBOUND = skipped('inbound');
const NOT_FINAL = skipped('not_final');

function readCall(field: FieldOf, dates: Dates, trunks: Trunks | undefined): Reading {
  const text = (name: Field) => field(name) ?? '';
  if (text('call_uuid') === '') return rejected('call_uuid is missing');
  const direction = field('call_direction');
  if (direction !== undefined) {
    const folded = foldSpelling(direction);
    if (folded === 'inbound') return INBOUND;
    if (folded !== 'outbound') return rejected("call_direction is none of Plivo's");
  }
  const cause = text('hangup_cause_code') || text('hangup_cause_name');
  if (cause === '' && field('end_time') === '') return NOT_FINAL;
  const dialed_at_s = dates.parse(text('initiation_time'));
  if (dialed_at_s === undefined) return rejected(`initiation_time is not a date-time ${dates.form}`);
  return checkedLeg(
    {
      attempt_id: text('call_uuid'),
      dialed: text('to_number'),
      calls_names: true, // `sip:ana@phone.plivo.com`
      dialed_at_s,
      duration_seconds: secondsTold(text('bill_duration') || text('call_duration')),
      told: { answered: text('answer_time') !== '', cause },
    },
    WORDS,
    NAMES,
    trunks,
  );
}
