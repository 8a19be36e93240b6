import { NO_TRUNKS, type Trunks } from '../../evidence/trunks.js';
import { Dates } from '../../fields/dates.js';
import { isInRange, wholeNumber } from '../../fields/fields.js';
import { type Held, type Reading, type ReadLine, skipped } from '../../reading/reading.js';
import { type Columns, readColumns } from '../../rows/columns.js';
import { endAtOther, HeaderSearch, headerOf, missingColumns } from '../../rows/header.js';
import type { Only } from '../../rows/only.js';
import { FILTERED, type RowFilter } from '../../rows/row-filter.js';
import { noRow } from '../../rows/rows.js';
import { filterOf } from '../../rows/table-reader.js';
import type { FileHead, FormatContext, ImportFormat, PhoneCode } from '../format.js';
import { readVicidialCall } from './vicidial-call.js';
import {
  type CarrierColumns,
  CarrierLog,
  carrierColumnsOf,
  carrierRowOf,
  tellsOfCarrier,
} from './vicidial-carrier.js';

/**
 * Vicidial's `vicidial_log` with a header, commas or tabs between the fields, columns in any order:
 *
 *   uniqueid, lead_id, list_id, campaign_id, call_date, start_epoch, end_epoch, length_in_sec, status, phone_code,
 *   phone_number, user, comments, processed, user_group, term_reason, alt_dial, called_count
 *
 * A `vicidial_carrier_log`, with a header of its own, may come before it in the same file: the carrier's data about a
 * call refine its status. `NULL` and `\N` are empty fields. start_epoch, where there is one, is the instant; else
 * call_date in the declared zone.
 */
export const vicidialLog: ImportFormat = {
  name: 'vicidial-log',
  open: (context) => {
    const reader = new LogReader(context);
    const read: ReadLine = (line) => reader.read(line);
    read.end = () => reader.end();
    read.left = () => ({ reason: CARRIER_ALONE.reason, lines: reader.left });
    return read;
  },
  takes: ['phone_code', 'date_order', 'only'],
  recognise,
};

const HEADER = skipped('header');
const INBOUND = skipped('inbound');
const CARRIER_ALONE = skipped('carrier_row_alone');
const HELD: Held = { kind: 'held', reason: CARRIER_ALONE.reason };

/** The current table: its header and its columns. */
type Table =
  | {
      readonly kind: 'carrier';
      readonly header: Columns;
      readonly uniqueid: number;
      readonly at: CarrierColumns;
    }
  | {
      readonly kind: 'log';
      readonly header: Columns;
      readonly at: LogColumns;
      /** It is `vicidial_closer_log`, with the calls that in-groups took. Dialed calls are in `vicidial_log`. */
      readonly is_inbound: boolean;
    };

interface LogColumns {
  readonly uniqueid: number;
  readonly lead_id: number;
  readonly call_date: number;
  readonly start_epoch: number;
  readonly length_in_sec: number;
  readonly status: number;
  readonly phone_code: number;
  readonly phone_number: number;
  readonly user: number;
}

class LogReader {
  readonly #dates: Dates;
  readonly #search = new HeaderSearch(tableOf);
  readonly #trunks: Trunks;
  readonly #phone_code: PhoneCode;
  readonly #carrier = new CarrierLog();
  readonly #only: Only | undefined;
  #table: Table | undefined;
  /** The filter for rows of calls. */
  #filter: RowFilter | undefined;

  constructor(context: FormatContext) {
    this.#dates = new Dates(context.time_zone, context.date_order);
    this.#trunks = context.trunks ?? NO_TRUNKS;
    this.#phone_code = context.phone_code ?? 'keep';
    this.#only = context.only;
  }

  /** Rows of the carrier log that no call of the log has used. */
  get left(): number {
    return this.#carrier.held;
  }

  /** @throws WrongFile when no table came */
  end(): void {
    this.#search.end();
  }

  /** @throws WrongFile */
  read(line: string): Reading {
    const table = this.#table;
    if (table === undefined) {
      const reading = this.#search.take(line);
      this.#begin(this.#search.found?.at);
      return reading;
    }
    // Rows have numbers in these columns, so this is a header: of the second table, or of a file that was appended.
    if (line.includes('uniqueid') || line.includes('phone_number')) {
      const header = readColumns(line);
      const next = typeof header === 'string' ? header : tableOf(header);
      if (typeof next !== 'string') {
        this.#begin(next);
        return HEADER;
      }
      if (typeof header !== 'string') endAtOther(header, table.header, next);
    }
    const fields = table.header.split(line);
    if (!Array.isArray(fields)) return noRow(fields);
    if (table.kind === 'carrier') return this.#hold(fields, table);
    if (this.#filter?.passes(fields) === false) return FILTERED;
    return table.is_inbound ? INBOUND : this.#readCall(fields, table.at);
  }

  /** @throws WrongFile */
  #begin(table: Table | undefined): void {
    this.#table = table;
    if (table?.kind === 'log') this.#filter = filterOf(table.header, this.#only);
  }

  #hold(fields: readonly string[], { uniqueid, at }: Extract<Table, { kind: 'carrier' }>): Reading {
    const key = fields[uniqueid] ?? '';
    if (key === '' || key.length > KEY_MAX_CHARS) return CARRIER_ALONE;
    return this.#carrier.add(key, carrierRowOf(fields, at)) ? HELD : CARRIER_ALONE;
  }

  #readCall(fields: readonly string[], at: LogColumns): Reading {
    const field = (index: number) => fields[index] ?? '';
    const uniqueid = field(at.uniqueid);
    const call = {
      uniqueid,
      lead_id: field(at.lead_id),
      phone_code: field(at.phone_code),
      phone_number: field(at.phone_number),
      dialed_at_s: this.#instant(field(at.start_epoch), field(at.call_date)),
      status: field(at.status),
      user: field(at.user),
      length_in_sec: field(at.length_in_sec),
    };
    const carrier = uniqueid === '' ? undefined : this.#carrier.of(uniqueid);
    const takes_along = carrier?.is_held ? 1 : 0;
    const reading = readVicidialCall(
      { ...call, carrier, takes_along },
      this.#phone_code,
      this.#trunks,
      this.#dates.form,
    );
    // A call without an attempt uses no row: its row remains among those that are left.
    if (reading.kind === 'leg' && takes_along > 0) this.#carrier.took(uniqueid);
    return reading;
  }

  #instant(start_epoch: string, call_date: string): number | undefined {
    const epoch = wholeNumber(start_epoch, EPOCH_MAX);
    return epoch !== undefined && isInRange(epoch) ? epoch : this.#dates.parse(call_date);
  }
}

/** Longer than any uniqueid; longer ones could fill the memory. */
const KEY_MAX_CHARS = 128;
const EPOCH_MAX = 9_999_999_999;

/** The table that a header begins; or, as a string, why the line is not such a header. */
function tableOf(header: Columns): Table | string {
  const carrier = carrierColumnsOf(header);
  const uniqueid = header.at('uniqueid');
  if (uniqueid >= 0 && tellsOfCarrier(carrier) && header.at('phone_number') < 0) {
    header.use([uniqueid, ...Object.values(carrier)]);
    return { kind: 'carrier', header, uniqueid, at: carrier };
  }
  const missing = missingColumns(header, ['phone_number', 'status', ['start_epoch', 'call_date']]);
  if (missing !== undefined) return missing;
  const at: LogColumns = {
    uniqueid,
    lead_id: header.at('lead_id'),
    call_date: header.at('call_date'),
    start_epoch: header.at('start_epoch'),
    length_in_sec: header.at('length_in_sec'),
    status: header.at('status'),
    phone_code: header.at('phone_code'),
    phone_number: header.at('phone_number'),
    user: header.at('user'),
  };
  header.use(Object.values(at));
  return { kind: 'log', header, at, is_inbound: header.at('closecallid') >= 0 };
}

function recognise(head: FileHead): string | undefined {
  for (const names of [OF_LOG, OF_CARRIER]) {
    const found = headerOf(head.lines, (header) => missingColumns(header, names) ?? header);
    if (found) return `a header with ${names.join(', ')}`;
  }
  return undefined;
}

// Columns that only these tables have.
const OF_LOG = ['lead_id', 'start_epoch', 'status', 'phone_number'];
const OF_CARRIER = ['uniqueid', 'lead_id', 'hangup_cause', 'dialstatus', 'dial_time'];
