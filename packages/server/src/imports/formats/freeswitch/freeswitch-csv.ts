import { outcomeOf } from '../../../outcomes/outcome-table.js';
import { Dates } from '../../fields/dates.js';
import { withoutNothing } from '../../fields/nothing.js';
import { secondsTold } from '../../fields/seconds.js';
import { type Reading, type ReadLine, rejected } from '../../reading/reading.js';
import { columnsCalled, FILTERED, RowFilter } from '../../rows/row-filter.js';
import { type NoRow, noRow, type RowShape, readRow, soleReading } from '../../rows/rows.js';
import { checkedLeg, type FieldNames } from '../checked-leg.js';
import { datesOf, recogniseRows } from '../dated-rows.js';
import type { FormatContext, ImportFormat } from '../format.js';
import { notDialedOut } from './freeswitch-direction.js';
import { dialedNumber, FREESWITCH_NAMES, FREESWITCH_WORDS, isOriginated } from './freeswitch-outcome.js';

/**
 * FreeSWITCH's `cdr-csv/Master.csv` (mod_cdr_csv), without a header, in its own templates:
 *
 *   caller_id_name, caller_id_number, destination_number, context, start_stamp, answer_stamp, end_stamp, duration,
 *   billsec, hangup_cause, uuid, bleg_uuid, accountcode
 *
 * (13 columns, compiled in, with a space before the last), the same with read_codec and write_codec (15, "example"),
 * and "asterisk" (18, with hangup_cause where Asterisk has its disposition). All rows of a file have the template of its first row.
 *
 * The writer puts values between quotes but escapes nothing. A row whose value has a quote is read only if there is
 * exactly one way to split it into the expected columns, with dates and a hangup cause in their places; otherwise it is
 * rejected. Times are wall time of the switch.
 *
 * A call may have two rows (`legs` = ab). Both name the uuid of the outgoing leg: the row of the other leg has it as
 * bleg_uuid, but only where the outgoing leg was put through (answered, or heard ringing; switch_ivr_originate.c sets the
 * profile that `bleg_` reads only on success). Legs of a call that was not put through, and rows of the template without
 * bleg_uuid, cannot be told from two calls.
 */
export const freeswitchCsv: ImportFormat = {
  name: 'freeswitch-csv',
  open,
  takes: ['date_order', 'strip_prefix', 'only', 'all_dialed'],
  recognise: (head) =>
    recogniseRows(
      head,
      (line) => fieldsOf(line, ANY),
      (fields) => {
        const layout = layoutOf(fields);
        // Asterisk's rows of 18 columns have their dates in the same columns, and both know the word NO ANSWER.
        if (layout === undefined || !UUID.test(fields[layout.uuid] ?? '')) return undefined;
        return [layout.start, layout.start + 1, layout.start + 2];
      },
    ),
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const OWN_NAMES = [
  ...['caller_id_name', 'caller_id_number', 'destination_number', 'context', 'start_stamp', 'answer_stamp'],
  ...['end_stamp', 'duration', 'billsec', 'hangup_cause', 'uuid', 'bleg_uuid', 'accountcode'],
];

/** The column names of the templates, by the number of columns. */
const NAMES = {
  13: OWN_NAMES,
  15: [...OWN_NAMES, 'read_codec', 'write_codec'],
  18: [
    ...['accountcode', 'caller_id_number', 'destination_number', 'context', 'caller_id', 'channel_name'],
    ...['bridge_channel', 'last_app', 'last_arg', 'start_stamp', 'answer_stamp', 'end_stamp', 'duration'],
    ...['billsec', 'hangup_cause', 'amaflags', 'uuid', 'userfield'],
  ],
} as const;

/** Columns, counted from 0; -1 where the template has none. */
interface Layout {
  readonly columns: keyof typeof NAMES;
  readonly caller_id_name: number;
  readonly caller_id_number: number;
  readonly destination: number;
  readonly context: number;
  /** The arguments of the last application, and the channel that the leg was bridged to, where the template has them. */
  readonly last_arg: number;
  readonly bridge_channel: number;
  /** answer_stamp and end_stamp follow it. */
  readonly start: number;
  readonly billsec: number;
  readonly hangup_cause: number;
  readonly uuid: number;
  readonly bleg_uuid: number;
}

const OWN = {
  caller_id_name: 0,
  caller_id_number: 1,
  destination: 2,
  context: 3,
  last_arg: -1,
  bridge_channel: -1,
  start: 4,
  billsec: 8,
  hangup_cause: 9,
  uuid: 10,
  bleg_uuid: 11,
} as const;

const LAYOUTS: readonly Layout[] = [
  { columns: 13, ...OWN },
  { columns: 15, ...OWN },
  {
    columns: 18,
    caller_id_name: 4, // what `asCsv` keeps of `"name" <number>`; the number where the caller has no name
    caller_id_number: 1,
    destination: 2,
    context: 3,
    bridge_channel: 6,
    last_arg: 8,
    start: 9,
    billsec: 13,
    hangup_cause: 14,
    uuid: 16,
    bleg_uuid: -1, // the column has the other leg's channel, named after the dialed number: it identifies no call
  },
];

/**
 * The outgoing leg begins at most this long after the other one: ringing, a greeting, a queue. It is shorter than for the
 * legs of other switches, because an agent's leg that stays up all day is the b-leg of all calls that the agent takes: a
 * telephone that is dialed twice within this time would be one attempt.
 */
const LEGS_WITHIN_S = 15 * 60;

const FIELD_NAMES: FieldNames = { ...FREESWITCH_NAMES, start: 'start_stamp' };

function open(context: FormatContext): ReadLine {
  const dates = new Dates(context.time_zone, context.date_order);
  let filter: RowFilter | undefined;
  let shape = ANY;
  let file: Layout | undefined;
  return (line) => {
    const fields = fieldsOf(line, shape);
    if (!Array.isArray(fields)) return noRow(fields);
    withoutNothing(fields);
    const layout = layoutOf(fields);
    if (layout === undefined) return rejected(MISPLACED);
    file ??= layout;
    if (file !== layout) {
      return rejected(`it has ${layout.columns} columns and the file's rows have ${file.columns}`);
    }
    if (shape === ANY) shape = { ...ANY, counts: [file.columns] };
    filter ??= RowFilter.of(context.only, columnsCalled(NAMES[layout.columns]));
    return filter?.passes(fields) === false ? FILTERED : readCall(fields, layout, dates, context);
  };
}

const UNSURE = 'a value has a quote, which mod_cdr_csv does not escape, and its columns are not sure';
const MISPLACED = 'its dates or its hangup cause are not where mod_cdr_csv writes them';

/** Any number of columns: a row with quotes in its values has as many as the rows before it. */
const ANY: RowShape = {
  delimiter: ',',
  fault: (fields) =>
    LAYOUTS.some(({ columns }) => columns === fields)
      ? undefined
      : `it has ${fields} columns, not 13, 15 or 18`,
  counts: LAYOUTS.map(({ columns }) => columns),
  isRow: (fields) => layoutOf(fields) !== undefined,
};

/** Any other writer means a quote in the value by a doubled quote; this one never doubles quotes. */
function fieldsOf(line: string, shape: RowShape): string[] | NoRow {
  const fields = readRow(asCsv(line), shape);
  if (!Array.isArray(fields) || !line.includes('""') || !fields.some((field) => field.includes('"'))) {
    return fields;
  }
  return soleReading(line, shape) ?? { fault: UNSURE, is_open: false };
}

function readCall(
  fields: readonly string[],
  layout: Layout,
  dates: Dates,
  { trunks, all_dialed }: FormatContext,
): Reading {
  const at = (column: number) => fields[column] ?? '';
  const dialed_at_s = dates.parse(at(layout.start));
  if (dialed_at_s === undefined) return rejected(`start_stamp is not a date-time ${dates.form}`);
  const caller_name = nameOf(at(layout.caller_id_name));
  const left_out = all_dialed
    ? undefined
    : notDialedOut({
        context: at(layout.context),
        destination: at(layout.destination),
        caller: at(layout.caller_id_number),
        is_originated: isOriginated(caller_name),
        leads_to: [at(layout.bridge_channel), at(layout.last_arg)],
      });
  if (left_out !== undefined) return left_out;
  return checkedLeg(
    {
      // The uuid of the outgoing leg, in both rows.
      attempt_id: at(layout.bleg_uuid) || at(layout.uuid),
      dialed: dialedNumber(at(layout.destination), at(layout.caller_id_number), caller_name),
      dialed_at_s,
      duration_seconds: secondsTold(at(layout.billsec)),
      told: { answered: at(layout.start + 1) !== '', cause: at(layout.hangup_cause) },
      same_call_within_s: LEGS_WITHIN_S,
    },
    FREESWITCH_WORDS,
    FIELD_NAMES,
    trunks,
  );
}

/** The name in `"name" <number>`, or the text itself where it is only a name. */
function nameOf(caller_id: string): string {
  return caller_id.replace(/^"(.*)" <[^<>]*>$/, '$1');
}

/** By the number of columns, if the dates and the hangup cause are in their places. */
function layoutOf(fields: readonly string[]): Layout | undefined {
  const layout = LAYOUTS.find(({ columns }) => columns === fields.length);
  if (layout === undefined) return undefined;
  const { start, hangup_cause } = layout;
  if (!datesOf(fields, [start, start + 1, start + 2])) return undefined;
  return outcomeOf('freeswitch', fields[hangup_cause] ?? '') === undefined ? undefined : layout;
}

/**
 * Rewrites what only this module's templates write as proper CSV: the compiled-in template has a space before the quote
 * of its last field, and the fifth field of "asterisk" is `"name" <number>` between further quotes (switch_channel.c,
 * caller_id).
 */
function asCsv(line: string): string {
  const bare = line.replace(LAST_FIELD, ',$1');
  return bare.includes('" <') ? bare.replace(CALLER_ID, '$1"$2",') : bare;
}

const LAST_FIELD = /, ("[^"]*")$/;
const CALLER_ID = /^((?:"[^"]*",){4})""([^"]*)" <[^"]*>",/;
