import { FIELD_LIMITS, parseInstant, RECORD_FIELDS, type RecordField } from '@recuento/contract';
import type { ColumnMap, MapField } from '../column-map.js';
import { type Columns, readColumns } from '../columns.js';
import { DeclaredDates } from '../declared-dates.js';
import { decide, saidBy, type Told } from '../evidence.js';
import { fieldFault, isInRange, lineKey, wholeNumber } from '../fields.js';
import { NO_TRUNKS, type Trunks } from '../trunks.js';
import {
  type FormatContext,
  type ImportFormat,
  type Reading,
  rejected,
  skipped,
  WrongFile,
} from './format.js';

/**
 * Any delimited file with a header whose columns the user declares by `map`. Results are looked up among every
 * vendor's words; a cause is a Q.850 number or FreeSWITCH's name of it.
 */
export const csv: ImportFormat = {
  name: 'csv',
  takes: ['map', 'date_order'],
  open: (context) => {
    const reader = new Reader(context);
    return (line) => reader.read(line);
  },
};

const WORDS = { amd: 'any_amd', cause: 'freeswitch', disposition: 'any' } as const;
const HEADER = skipped('header');
const NO_TELEPHONE = skipped('no_telephone');
/** Text of the attempt that is kept as it is. */
const TEXTS = ['trunk', 'agent_id', 'customer_id', ...RECORD_FIELDS] as const;

class Reader {
  readonly #map: ColumnMap;
  readonly #dates: DeclaredDates;
  readonly #trunks: Trunks;
  #header: Columns | undefined;
  /** Indices of the declared columns. */
  readonly #columns = new Map<MapField, number>();
  /** Those of #columns that are in the record. */
  readonly #record: RecordField[] = [];

  constructor(context: FormatContext) {
    this.#map = context.map ?? new Map();
    this.#dates = new DeclaredDates(context.time_zone, context.date_order);
    this.#trunks = context.trunks ?? NO_TRUNKS;
  }

  read(line: string): Reading {
    if (this.#header === undefined) {
      this.#header = this.#headerOf(line);
      return HEADER;
    }
    const fields = this.#header.split(line);
    return typeof fields === 'string' ? rejected(fields) : this.#row(line, fields);
  }

  /** @throws WrongFile */
  #headerOf(line: string): Columns {
    const header = readColumns(line);
    if (typeof header === 'string') throw new WrongFile(`its first line is no header: ${header}`);
    for (const [field, name] of this.#map) {
      const [index, second] = header.all(name);
      if (index === undefined) throw new WrongFile(`its header has no column ${name}, which map names`);
      if (second !== undefined) throw new WrongFile(`its header has the column ${name} more than once`);
      this.#columns.set(field, index);
    }
    for (const field of RECORD_FIELDS) {
      if (this.#columns.has(field)) this.#record.push(field);
    }
    return header;
  }

  #row(line: string, fields: readonly string[]): Reading {
    const dialed = this.#text(fields, 'telephone');
    if (dialed === '') return NO_TELEPHONE;
    const dialed_at_s = this.#instant(this.#text(fields, 'dialed_at'));
    if (dialed_at_s === undefined) {
      return rejected(`dialed_at is no date-time: ${this.#dates.form}, RFC 3339 or seconds since 1970`);
    }
    if (!isInRange(dialed_at_s)) return rejected('dialed_at is not between the years 2000 and 2100');
    const numbers = this.#numbers(fields);
    if (typeof numbers === 'string') return rejected(numbers);
    const trunk = this.#text(fields, 'trunk');
    const told: Told = {
      sip: numbers.sip,
      q850: numbers.q850,
      cause: numbers.q850 === undefined ? this.#text(fields, 'cause') : '',
      amd: this.#text(fields, 'amd'),
      disposition: this.#text(fields, 'result'),
    };
    const decision = decide(WORDS, told, this.#trunks.overridesOf(trunk));
    if (decision === undefined) return rejected('result is no word that says how an attempt ended');
    if ('skip' in decision) return skipped(decision.skip);
    const telephone = this.#trunks.telephoneOf(trunk, dialed);
    const given = this.#text(fields, 'attempt_id');
    const attempt_id = given === '' ? lineKey(line) : given;
    const fault =
      fieldFault('telephone', telephone, FIELD_LIMITS.telephone_chars) ??
      fieldFault('attempt_id', attempt_id, FIELD_LIMITS.attempt_id_chars) ??
      this.#textFault(fields);
    if (fault !== undefined) return rejected(fault);
    const record = this.#recordOf(fields);
    return {
      kind: 'leg',
      attempt_id,
      telephone,
      dialed_at_s,
      code: decision.code,
      amd: decision.amd,
      duration_seconds: numbers.duration_seconds,
      trunk,
      sip: numbers.sip,
      cause: numbers.q850 !== undefined && numbers.q850 <= CAUSE_MAX ? numbers.q850 : undefined,
      evidence: decision.evidence,
      said: saidBy(told),
      agent_id: this.#text(fields, 'agent_id'),
      customer_id: this.#text(fields, 'customer_id'),
      ...(record !== undefined && { record }),
    };
  }

  /** A field without the spaces around it; '' where it is not declared, or says NULL as databases do. */
  #text(fields: readonly string[], field: MapField): string {
    const index = this.#columns.get(field);
    const text = index === undefined ? '' : (fields[index] ?? '').trim();
    return text === 'NULL' || text === '\\N' ? '' : text;
  }

  #instant(text: string): number | undefined {
    if (EPOCH.test(text)) return Math.floor(Number(text));
    return this.#dates.parse(text) ?? parseInstant(text);
  }

  /** The numeric fields, or, as a string, which is none. */
  #numbers(fields: readonly string[]) {
    const sip = this.#text(fields, 'sip');
    const cause = this.#text(fields, 'cause');
    const duration = this.#text(fields, 'duration_seconds');
    const response = wholeNumber(sip, SIP_MAX);
    if (sip !== '' && (response === undefined || response < SIP_MIN)) {
      return `sip is not a whole number from ${SIP_MIN} to ${SIP_MAX}`;
    }
    const duration_seconds = wholeNumber(duration);
    if (duration !== '' && duration_seconds === undefined) return 'duration_seconds is not a whole number';
    return { sip: response, q850: wholeNumber(cause), duration_seconds };
  }

  #textFault(fields: readonly string[]): string | undefined {
    for (const field of TEXTS) {
      const text = this.#text(fields, field);
      const fault = text === '' ? undefined : fieldFault(field, text, FIELD_LIMITS.text_chars);
      if (fault !== undefined) return fault;
    }
    return undefined;
  }

  #recordOf(fields: readonly string[]): Partial<Record<RecordField, string>> | undefined {
    let record: Partial<Record<RecordField, string>> | undefined;
    for (const field of this.#record) {
      const text = this.#text(fields, field);
      if (text === '') continue;
      record ??= {};
      record[field] = text;
    }
    return record;
  }
}

/** Seconds since 1970: nine digits were reached in 1973, and eleven will be in 2286. A fraction is dropped. */
const EPOCH = /^\d{9,10}(?:\.\d+)?$/;
const SIP_MIN = 100;
const SIP_MAX = 699;
/** The field has seven bits; numbers above it are a switch's own. */
const CAUSE_MAX = 127;
