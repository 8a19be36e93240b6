import { isExtension } from '../extension.js';
import { type Skipped, skipped } from './format.js';

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

/**
 * Why a row is no call that was dialed out: it entered by the context `public`, or one extension called another. undefined where
 * nothing says so. A leg that `originate` made, or that was bridged to a gateway, was dialed, whatever its context.
 */
export function notDialedOut(row: RowSides): Skipped | undefined {
  if (row.is_originated || row.leads_to.some((text) => text.includes(GATEWAY))) return undefined;
  const is_own_caller = isExtension(row.caller);
  if (is_own_caller) return isExtension(row.destination) ? INTERNAL : undefined;
  return row.context === PUBLIC ? INBOUND : undefined;
}
