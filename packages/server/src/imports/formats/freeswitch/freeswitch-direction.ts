import { isExtension } from '../../fields/extension.js';
import { type Skipped, skipped } from '../../reading/reading.js';

/** What of a row of mod_cdr_csv says who called whom; '' where it does not. */
export interface RowSides {
  readonly context: string;
  readonly destination: string;
  readonly caller: string;
  /** Made by `originate`: caller and callee are turned around. */
  readonly is_originated: boolean;
  /** The channel that it was bridged to, and the argument of the last application. */
  readonly leads_to: readonly string[];
}

const INBOUND = skipped('inbound');
const INTERNAL = skipped('internal');

/** Of FreeSWITCH's own configuration: calls of whoever did not sign in enter there. */
const PUBLIC = 'public';
/** A bridge to a carrier: the call was dialed on. */
const GATEWAY = 'sofia/gateway/';
/** A bridge to an address or a line, with the number: `sofia/external/573001234567@sbc`, `freetdm/1/a/573001234567`. */
const WITH_NUMBER = /(?:sofia\/[^/,|]+|(?:freetdm|openzap)\/[^,|]{1,64})\/\+?(\d{7,32})(?!\d)/;

/** The other leg's channel has the caller's number in such a place: the number has to be the one that was dialed. */
function leadsOutwards(text: string, destination: string): boolean {
  if (text.includes(GATEWAY)) return true;
  const number = WITH_NUMBER.exec(text)?.[1];
  return number !== undefined && destination.endsWith(number.slice(-7));
}

/**
 * Why a row is no call that was dialed out: it entered by the context `public`, or one extension called another. undefined where
 * nothing says so. A leg that `originate` made, or that was bridged to a carrier, was dialed, whatever its context.
 */
export function notDialedOut(row: RowSides): Skipped | undefined {
  if (row.is_originated || row.leads_to.some((text) => leadsOutwards(text, row.destination)))
    return undefined;
  const is_own_caller = isExtension(row.caller);
  if (is_own_caller) return isExtension(row.destination) ? INTERNAL : undefined;
  return row.context === PUBLIC ? INBOUND : undefined;
}
