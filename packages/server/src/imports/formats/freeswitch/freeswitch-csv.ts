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
 * and "asterisk" (18, with hangup_cause where Asterisk has its disposition). One template a file: its first row's.
 *
 * The writer pastes values between quotes and escapes nothing, so a row whose value has a quote is read where there is one
 * way alone to read it as so many columns, with dates and a hangup cause in their places; else it is rejected. Times are
 * wall time of the switch.
 *
 * A call may have two rows (`legs` = ab). What they have in common is the uuid of the leg that was dialed on: the row
 * of the other one has it as bleg_uuid, but only where that leg was put through (answered, or heard ringing;
 * switch_ivr_originate.c sets the profile that `bleg_` reads on success alone). Legs of a call that was not put
 * through, and rows of the template without bleg_uuid, can't be told from two calls.
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
        // Asterisk's rows of 18 columns have their dates there too, and NO ANSWER is a word of both.
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

/** What the templates put into each column, by how many they have. */
const NAMES = {
  13: OWN_NAMES,
  15: [...OWN_NAMES, 'read_codec', 'write_codec'],
  18: [
    ...['accountcode', 'caller_id_number', 'destination_number', 'context', 'caller_id', 'channel_name'],
    ...['bridge_channel', 'last_app', 'last_arg', 'start_stamp', 'answer_stamp', 'end_stamp', 'duration'],
    ...['billsec', 'hangup_cause', 'amaflags', 'uuid', 'userfield'],
  ],
} as const;

/** Columns, counted from 0; -1 is nowhere. */
interface Layout {
  readonly columns: keyof typeof NAMES;
  readonly caller_id_name: number;
  readonly caller_id_number: number;
  readonly destination: number;
  readonly context: number;
  /** What came last and where it led, where the template has it. */
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
    caller_id_name: 4, // what `asCsv` leaves of `"name" <number>`; the number where the caller has no name
    caller_id_number: 1,
    destination: 2,
    context: 3,
    bridge_channel: 6,
    last_arg: 8,
    start: 9,
    billsec: 13,
    hangup_cause: 14,
    uuid: 16,
    bleg_uuid: -1, // it has the other leg's channel, whose name is that of the dialed number and no call's own
  },
];

/**
 * The leg that was dialed on begins this long after the other one at most: ringing, a greeting, a queue. Not as long as
 * the legs of other switches are apart: an agent whose leg stays up all day is the b-leg of all calls that the agent
 * takes, and a telephone that is dialed twice in that time would be one attempt.
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

/** A row with quotes in its values has as many columns as those before it. */
const ANY: RowShape = {
  delimiter: ',',
  fault: (fields) =>
    LAYOUTS.some(({ columns }) => columns === fields)
      ? undefined
      : `it has ${fields} columns, not 13, 15 or 18`,
  counts: LAYOUTS.map(({ columns }) => columns),
  isRow: (fields) => layoutOf(fields) !== undefined,
};

/** A doubled quote would be one value with a quote in it to any other writer; this one doubles none. */
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
      // The uuid of the leg that was dialed on, in both rows.
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

/** The name of `"name" <number>`, or of a name alone. */
function nameOf(caller_id: string): string {
  return caller_id.replace(/^"(.*)" <[^<>]*>$/, '$1');
}

/** By the count of columns, where the dates and the hangup cause are in their places. */
function layoutOf(fields: readonly string[]): Layout | undefined {
  const layout = LAYOUTS.find(({ columns }) => columns === fields.length);
  if (layout === undefined) return undefined;
  const { start, hangup_cause } = layout;
  if (!datesOf(fields, [start, start + 1, start + 2])) return undefined;
  return outcomeOf('freeswitch', fields[hangup_cause] ?? '') === undefined ? undefined : layout;
}

/**
 * What the module writes by its templates alone, as CSV has it: the compiled-in one has a space before the quote of its
 * last field, and the fifth of "asterisk" is `"name" <number>` between quotes of its own (switch_channel.c, caller_id).
 */
function asCsv(line: string): string {
  const bare = line.replace(LAST_FIELD, ',$1');
  return bare.includes('" <') ? bare.replace(CALLER_ID, '$1"$2",') : bare;
}

const LAST_FIELD = /, ("[^"]*")$/;
const CALLER_ID = /^((?:"[^"]*",){4})""([^"]*)" <[^"]*>",/;
