import { FIELD_LIMITS } from '@recuento/contract';
import { NO_TRUNKS, type Trunks } from '../../evidence/trunks.js';
import { fieldFault, isInRange, lineKey } from '../../fields/fields.js';
import { toldBy } from '../../fields/nothing.js';
import { secondsTold } from '../../fields/seconds.js';
import { type NoTelephone, telephoneIn } from '../../fields/telephones.js';
import { type Reading, rejected, withoutOutcome } from '../../reading/reading.js';
import { callInstant } from '../call-key.js';
import { type DialTarget, dialTarget, NO_TARGET, trunkOfChannel } from '../dial-string.js';
import type { FormatContext } from '../format.js';
import { NO_TELEPHONE, notDialed } from '../no-telephone.js';
import { type CallSides, notDialedOut } from './asterisk-direction.js';
import { asteriskOutcome } from './asterisk-outcome.js';

/** The columns that make up an attempt, counted from 0; -1 (or absent) where the file has none. */
export interface CdrColumns {
  readonly src?: number;
  readonly dst: number;
  readonly dcontext?: number;
  readonly channel?: number;
  readonly dstchannel: number;
  readonly lastapp: number;
  readonly lastdata: number;
  readonly start: number;
  readonly billsec: number;
  readonly disposition: number;
  readonly uniqueid?: number;
  readonly userfield?: number;
  readonly linkedid?: number;
  readonly did?: number;
  /** The trunk's name, where the switch writes one besides that of the dial string. */
  readonly trunk?: number;
}

/** Reads date-times of one form, which it names. */
export interface Clock {
  readonly form: string;
  /** Seconds since 1970 UTC; undefined when the text does not have that form, or is not a time. */
  parse(text: string): number | undefined;
}

/** Makes an attempt of a call detail record of Asterisk, whichever backend wrote it. */
export class CdrReader {
  readonly #clock: Clock;
  readonly #trunks: Trunks;
  readonly #all_dialed: boolean;

  /** @param all_dialed the user declares that every row was dialed: no row is checked for whether it came in */
  constructor(
    clock: Clock,
    { trunks = NO_TRUNKS, all_dialed = false }: Pick<FormatContext, 'trunks' | 'all_dialed'>,
  ) {
    this.#clock = clock;
    this.#trunks = trunks;
    this.#all_dialed = all_dialed;
  }

  /** @param line the text that the fields were read from; it identifies a record without a key */
  read(line: string, fields: readonly string[], columns: CdrColumns): Reading {
    const started_at_s = this.#clock.parse(at(fields, columns.start));
    if (started_at_s === undefined) return rejected(`start is not a date-time ${this.#clock.form}`);
    // It decides nothing: NO ANSWER rows can have it above 0, and ANSWERED rows at 0.
    const duration_seconds = secondsTold(at(fields, columns.billsec));
    const { telephone: dialed, trunk, target } = dialedBy(fields, columns);
    const outcome = asteriskOutcome(
      at(fields, columns.disposition),
      at(fields, columns.lastapp),
      at(fields, columns.userfield),
      this.#trunks.overridesOf(trunk),
    );
    if (outcome === undefined) {
      return withoutOutcome('disposition is none that Asterisk writes', at(fields, columns.disposition));
    }
    if (!isInRange(started_at_s)) return rejected('start is not between the years 2000 and 2100');
    const left_out = this.#all_dialed ? undefined : notDialedOut(sidesOf(fields, columns, target, dialed));
    if (left_out !== undefined) return left_out;
    if (typeof dialed !== 'string') {
      // Any other text is a name: a switch dials those too.
      return dialed.because === 'other' ? NO_TELEPHONE : notDialed(dialed, 'dst', at(fields, columns.dst));
    }
    const telephone = this.#trunks.telephoneOf(trunk, dialed);
    const attempt_id = callKey(line, fields, columns);
    const fault =
      fieldFault('telephone', telephone, FIELD_LIMITS.telephone_chars) ??
      fieldFault('uniqueid or linkedid', attempt_id, FIELD_LIMITS.attempt_id_chars) ??
      (trunk === '' ? undefined : fieldFault('trunk', trunk, FIELD_LIMITS.text_chars));
    if (fault !== undefined) return rejected(fault);
    return {
      kind: 'leg',
      telephone,
      trunk,
      attempt_id,
      dialed_at_s: callInstant(attempt_id, started_at_s),
      duration_seconds,
      code: outcome.code,
      amd: outcome.amd,
      sip: undefined,
      cause: undefined,
      evidence: outcome.evidence,
      said: at(fields, columns.disposition),
      agent_id: '',
    };
  }
}

function at(fields: readonly string[], column: number | undefined): string {
  return column === undefined ? '' : (fields[column] ?? '');
}

/**
 * The dialed number: from the dial string if the last application was Dial and names one, else dst. A leg that dialed
 * nothing (extensions s, h, i, t) has none. The trunk: from the dial string, else from dstchannel.
 */
function dialedBy(
  fields: readonly string[],
  columns: CdrColumns,
): { telephone: string | NoTelephone; trunk: string; target: DialTarget } {
  const named_trunk = toldBy(at(fields, columns.trunk));
  const channel_trunk = trunkOfChannel(at(fields, columns.dstchannel));
  const dst = at(fields, columns.dst);
  if (at(fields, columns.lastapp) !== 'Dial') {
    return { telephone: telephoneIn(dst), trunk: named_trunk || channel_trunk, target: NO_TARGET };
  }
  const target = dialTarget(at(fields, columns.lastdata), channel_trunk);
  const telephone = telephoneIn(target.telephone);
  return {
    telephone: typeof telephone === 'string' ? telephone : telephoneIn(dst),
    trunk: named_trunk || target.trunk || channel_trunk,
    target,
  };
}

function sidesOf(
  fields: readonly string[],
  columns: CdrColumns,
  target: DialTarget,
  dialed: string | NoTelephone,
): CallSides {
  return {
    src: at(fields, columns.src),
    dst: at(fields, columns.dst),
    dcontext: at(fields, columns.dcontext),
    channel: at(fields, columns.channel),
    dstchannel: at(fields, columns.dstchannel),
    lastapp: at(fields, columns.lastapp),
    did: at(fields, columns.did),
    target,
    telephone: typeof dialed === 'string' ? dialed : undefined,
  };
}

/** linkedid, else uniqueid, else a key from the line itself: a line that is imported twice is still one attempt. */
function callKey(line: string, fields: readonly string[], columns: CdrColumns): string {
  const linkedid = toldBy(at(fields, columns.linkedid));
  if (linkedid !== '') return linkedid;
  const uniqueid = toldBy(at(fields, columns.uniqueid));
  return uniqueid === '' ? lineKey(line) : uniqueid;
}
