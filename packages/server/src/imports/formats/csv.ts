import { RECORD_FIELDS, type RecordField } from '@recuento/contract';
import type { RecordedOutcome } from '../evidence/evidence.js';
import { NO_TRUNKS, type Trunks } from '../evidence/trunks.js';
import { Dates } from '../fields/dates.js';
import { lineKey, oneLine, wholeNumber } from '../fields/fields.js';
import { secondsTold } from '../fields/seconds.js';
import type { CustomerRecord } from '../reading/leg.js';
import { type Reading, rejected } from '../reading/reading.js';
import type { ColumnMap, MapField } from '../rows/column-map.js';
import type { Columns } from '../rows/columns.js';
import { numberedReader } from '../rows/numbered-rows.js';
import { tableReader } from '../rows/table-reader.js';
import { type Call, checkedLeg, type FieldNames } from './checked-leg.js';
import { byDirection } from './direction-words.js';
import type { FormatContext, ImportFormat } from './format.js';
import { NO_TELEPHONE } from './no-telephone.js';

/**
 * Any delimited file whose columns the user declares by `map`: by the names in its header, or by number where it has no
 * header. Results are looked up among every vendor's words; a cause is a Q.850 number or FreeSWITCH's name for one.
 */
export const csv: ImportFormat = {
  name: 'csv',
  takes: ['map', 'date_order', 'strip_prefix', 'only'],
  open: (context) => {
    const map = context.map ?? new Map();
    const reader = new Reader(context);
    const numbers = numbersOf(map);
    if (numbers === undefined) {
      return tableReader(
        (header) => columnsNamed(header, map),
        (line, fields, at) => reader.row(line, fields, at),
        context.only,
      );
    }
    const at = new Places(numbers);
    return numberedReader(
      numbers,
      ['telephone', 'dialed_at'],
      (line, fields) => reader.row(line, fields, at),
      context.only,
    );
  },
};

const WORDS = { amd: 'any_amd', cause: 'freeswitch', disposition: 'any' } as const;
const NAMES: FieldNames = {
  key: 'attempt_id',
  telephone: 'telephone',
  start: 'dialed_at',
  outcome: 'result',
};

/** Indices of the declared columns, from 0. */
type Indices = ReadonlyMap<MapField, number>;

/** The column of each field; -1 where it is not declared. */
class Places {
  readonly telephone: number;
  readonly dialed_at: number;
  readonly result: number;
  readonly attempt_id: number;
  readonly trunk: number;
  readonly sip: number;
  readonly cause: number;
  readonly amd: number;
  readonly duration_seconds: number;
  readonly agent_id: number;
  readonly customer_id: number;
  readonly direction: number;
  readonly record: readonly (readonly [field: RecordField, index: number])[];

  constructor(indices: Indices) {
    const at = (field: MapField) => indices.get(field) ?? -1;
    this.telephone = at('telephone');
    this.dialed_at = at('dialed_at');
    this.result = at('result');
    this.attempt_id = at('attempt_id');
    this.trunk = at('trunk');
    this.sip = at('sip');
    this.cause = at('cause');
    this.amd = at('amd');
    this.duration_seconds = at('duration_seconds');
    this.agent_id = at('agent_id');
    this.customer_id = at('customer_id');
    this.direction = at('direction');
    this.record = RECORD_FIELDS.flatMap((field) => (indices.has(field) ? [[field, at(field)] as const] : []));
  }
}

/** The columns where all are declared by number, from 1 (`2` or `#2`); undefined where one is declared by name. */
function numbersOf(map: ColumnMap): Indices | undefined {
  const numbers = [...map].map(([field, name]) => [field, /^#?([1-9]\d{0,3})$/.exec(name)?.[1]] as const);
  if (numbers.length === 0 || numbers.some(([, number]) => number === undefined)) return undefined;
  return new Map(numbers.map(([field, number]) => [field, Number(number) - 1]));
}

function columnsNamed(header: Columns, map: ColumnMap): Places | string {
  const indices = new Map<MapField, number>();
  for (const [field, name] of map) {
    const [index, second] = header.all(name);
    if (index === undefined) return `its header has no column ${name}, which map names`;
    if (second !== undefined) return `its header has the column ${name} more than once`;
    indices.set(field, index);
  }
  header.use(indices.values());
  return new Places(indices);
}

class Reader {
  readonly #dates: Dates;
  readonly #trunks: Trunks;

  constructor(context: FormatContext) {
    this.#dates = new Dates(context.time_zone, context.date_order);
    this.#trunks = context.trunks ?? NO_TRUNKS;
  }

  row(line: string, fields: readonly string[], at: Places): Reading {
    const left_out = byDirection(textAt(fields, at.direction));
    if (left_out !== undefined) return left_out;
    const dialed = textAt(fields, at.telephone);
    if (dialed === '') return NO_TELEPHONE;
    const dialed_at_s = this.#dates.parse(textAt(fields, at.dialed_at));
    if (dialed_at_s === undefined) {
      return rejected(`dialed_at is no date-time: ${this.#dates.form}, RFC 3339 or seconds since 1970`);
    }
    const sip_text = withoutFraction(textAt(fields, at.sip));
    const sip = wholeNumber(sip_text, SIP_MAX);
    if (sip_text !== '' && (sip === undefined || sip < SIP_MIN)) {
      return rejected(`sip is not a whole number from ${SIP_MIN} to ${SIP_MAX}`);
    }
    const cause = withoutFraction(textAt(fields, at.cause));
    const q850 = wholeNumber(cause);
    const told: RecordedOutcome = {
      sip,
      q850,
      cause: q850 === undefined ? cause : '',
      amd: textAt(fields, at.amd),
      disposition: textAt(fields, at.result),
    };
    const call: Call = {
      attempt_id: textAt(fields, at.attempt_id) || lineKey(line),
      dialed,
      dialed_at_s,
      told,
      trunk: textAt(fields, at.trunk),
      duration_seconds: secondsTold(textAt(fields, at.duration_seconds)),
      agent_id: textAt(fields, at.agent_id),
      customer_id: textAt(fields, at.customer_id),
      record: at.record.length === 0 ? undefined : recordOf(fields, at.record),
    };
    return checkedLeg(call, WORDS, NAMES, this.#trunks);
  }
}

/** A field without the spaces around it; '' where it is not declared. */
function textAt(fields: readonly string[], index: number): string {
  return index < 0 ? '' : (fields[index] ?? '').trim();
}

/** `486.0`, which programs for tables make of a number in a column with gaps. */
function withoutFraction(text: string): string {
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}

function recordOf(fields: readonly string[], places: Places['record']): CustomerRecord | undefined {
  let record: Partial<Record<RecordField, string>> | undefined;
  for (const [field, index] of places) {
    const value = textAt(fields, index);
    if (value === '') continue;
    record ??= {};
    record[field] = oneLine(value);
  }
  return record;
}

const SIP_MIN = 100;
const SIP_MAX = 699;
