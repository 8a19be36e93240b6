import { isExtension } from '../../fields/extension.js';
import { type Skipped, skipped } from '../../reading/reading.js';

/** The fields of a row of mod_cdr_csv that show who called whom; '' where the row has none. */
export interface RowSides {
  readonly context: string;
  readonly destination: string;
  readonly caller: string;
  /** The leg was made by `originate`, so caller and callee are swapped. */
  readonly is_originated: boolean;
  /** The channel that the leg was bridged to, and the argument of the last application. */
  readonly leads_to: readonly string[];
}

const INBOUND = skipped('inbound');
const INTERNAL = skipped('internal');

/** The context of FreeSWITCH's default configuration for callers that are not registered. */
const PUBLIC = 'public';
/** A bridge to a carrier: the call was dialed out. */
const GATEWAY = 'sofia/gateway/';
/** A bridge to an address or a line that contains the number: `sofia/external/573001234567@sbc`, `freetdm/1/a/573001234567`. */
const WITH_NUMBER = /(?:sofia\/[^/,|]+|(?:freetdm|openzap)\/[^,|]{1,64})\/\+?(\d{7,32})(?!\d)/;

/** The other leg's channel can have the caller's number in the same place, so the number must be the dialed one. */
function leadsOutwards(text: string, destination: string): boolean {
  if (text.includes(GATEWAY)) return true;
  const number = WITH_NUMBER.exec(text)?.[1];
  return number !== undefined && destination.endsWith(number.slice(-7));
}

/**
 * Why a row is not a call that was dialed out: it entered by the context `public`, or one extension called another.
 * undefined where nothing shows that. A leg that `originate` made, or that was bridged to a carrier, was dialed, whatever
 * its context.
 */
export function notDialedOut(row: RowSides): Skipped | undefined {
  if (row.is_originated || row.leads_to.some((text) => leadsOutwards(text, row.destination)))
    return undefined;
  const is_own_caller = isExtension(row.caller);
  if (is_own_caller) return isExtension(row.destination) ? INTERNAL : undefined;
  return row.context === PUBLIC ? INBOUND : undefined;
}
