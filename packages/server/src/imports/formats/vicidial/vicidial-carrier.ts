import { wholeNumber } from '../../fields/fields.js';
import { WrongFile } from '../../reading/reading.js';
import type { Columns } from '../../rows/columns.js';
import { trunkOfChannel } from '../dial-string.js';

/**
 * Rows of the carrier log that are held at most, about 100 MB. A busy server dials fewer in a day. Users who have more
 * can cut both logs by day, because all rows of a call are from one moment.
 */
const HELD_MAX = 1_000_000;
/** The limit of different trunks: each channel of a hostile file could name another one. */
const TRUNKS_MAX = 10_000;

/** The carrier log's data about one call. */
export interface CarrierRow {
  /** Q.850 number; undefined where none is recorded. */
  readonly cause: number | undefined;
  /** Final SIP response. */
  readonly sip: number | undefined;
  /** '' where it is not one of Asterisk's. */
  readonly dialstatus: string;
  readonly trunk: string;
}

/** apps/app_dial.c. */
const DIALSTATUSES: readonly string[] = [
  '',
  ...['ANSWER', 'NOANSWER', 'BUSY', 'CONGESTION', 'CANCEL'],
  ...['CHANUNAVAIL', 'DONTCALL', 'TORTURE', 'INVALIDARGS'],
];

/**
 * The rows of a `vicidial_carrier_log` by the uniqueid of their call. Each row is packed into one number: dialstatus + 16
 * × (cause + 1,000 × (sip + 1,000 × trunk)); a cause or sip of 0 means "not recorded". Once a call has used its row the
 * number is negative: if the log has a call twice, both get the row's data, but the row counts once.
 */
export class CarrierLog {
  readonly #rows = new Map<string, number>();
  readonly #trunks: string[] = [''];
  readonly #trunk_numbers = new Map<string, number>([['', 0]]);
  #held = 0;

  /** Rows that no call has used. */
  get held(): number {
    return this.#held;
  }

  /** Returns false when the call has a row already: the first one stays. @throws WrongFile when there are too many */
  add(uniqueid: string, row: CarrierRow): boolean {
    if (this.#rows.has(uniqueid)) return false;
    if (this.#rows.size >= HELD_MAX) {
      throw new WrongFile(`its carrier log has more than ${HELD_MAX} rows: cut it and the log by day`);
    }
    const dialstatus = Math.max(0, DIALSTATUSES.indexOf(row.dialstatus.toUpperCase()));
    const numbers = (row.cause ?? 0) + 1_000 * ((row.sip ?? 0) + 1_000 * this.#trunkNumber(row.trunk));
    this.#rows.set(copyOf(uniqueid), dialstatus + 16 * numbers);
    this.#held += 1;
    return true;
  }

  /** The carrier log's data about the call, and whether its row is still to be counted. */
  of(uniqueid: string): (CarrierRow & { readonly is_held: boolean }) | undefined {
    const number = this.#rows.get(uniqueid);
    if (number === undefined) return undefined;
    const packed = number < 0 ? -number - 1 : number;
    const numbers = Math.floor(packed / 16);
    const sip_and_trunk = Math.floor(numbers / 1_000);
    return {
      dialstatus: DIALSTATUSES[packed % 16] ?? '',
      cause: numbers % 1_000 || undefined,
      sip: sip_and_trunk % 1_000 || undefined,
      trunk: this.#trunks[Math.floor(sip_and_trunk / 1_000)] ?? '',
      is_held: number >= 0,
    };
  }

  /** An attempt was made of the call with its row. */
  took(uniqueid: string): void {
    const number = this.#rows.get(uniqueid);
    if (number === undefined || number < 0) return;
    this.#rows.set(uniqueid, -number - 1);
    this.#held -= 1;
  }

  #trunkNumber(trunk: string): number {
    const known = this.#trunk_numbers.get(trunk);
    if (known !== undefined) return known;
    if (this.#trunks.length >= TRUNKS_MAX) return 0;
    const own = copyOf(trunk);
    this.#trunk_numbers.set(own, this.#trunks.length);
    return this.#trunks.push(own) - 1;
  }
}

/** The columns of the carrier's data; -1 where the file has none. */
export interface CarrierColumns {
  readonly hangup_cause: number;
  readonly sip_hangup_cause: number;
  readonly dialstatus: number;
  readonly channel: number;
}

export function carrierColumnsOf(header: Columns): CarrierColumns {
  return {
    hangup_cause: header.at('hangup_cause'),
    sip_hangup_cause: header.at('sip_hangup_cause'),
    dialstatus: header.at('dialstatus'),
    channel: header.at('channel'),
  };
}

/** Whether any of these columns is there. */
export function tellsOfCarrier({ hangup_cause, sip_hangup_cause, dialstatus }: CarrierColumns): boolean {
  return hangup_cause >= 0 || sip_hangup_cause >= 0 || dialstatus >= 0;
}

export function carrierRowOf(fields: readonly string[], at: CarrierColumns): CarrierRow {
  return {
    cause: wholeNumber(fields[at.hangup_cause] ?? '', CAUSE_MAX) || undefined,
    sip: wholeNumber(fields[at.sip_hangup_cause] ?? '', SIP_MAX) || undefined,
    dialstatus: fields[at.dialstatus] ?? '',
    trunk: trunkOfChannel(fields[at.channel] ?? ''),
  };
}

const CAUSE_MAX = 127;
const SIP_MAX = 699;

/** A part of a string keeps the whole string in memory. What is held for long must be a string of its own. */
function copyOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
