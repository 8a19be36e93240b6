import { wholeNumber } from '../fields/fields.js';

/**
 * How far the start of a leg may be from that in the call's key while the key's still counts: legs of a transferred call
 * start hours after it. Farther apart, the key and the clock contradict each other (a time zone declared wrong by more
 * than this, a key that another program made up). Then the written time counts, which the user can see and correct.
 */
const SAME_CALL_S = 4 * 3_600;

// `1231977075.0`, or `pbx-1231977075.0` where asterisk.conf sets systemname.
const UNIQUE_ID = /^(?:.*-)?(\d{9,10})\.\d+$/;

/** Whether a field holds an Asterisk uniqueid or linkedid. */
export function isUniqueId(text: string): boolean {
  return UNIQUE_ID.test(text);
}

/**
 * When the call with this key was dialed, in seconds since 1970 UTC. An Asterisk key begins with the second in which the
 * call's first channel was made. So every leg of the call gives the same instant, and the attempt's identity does not
 * depend on which legs are in a file.
 */
export function callInstant(call_key: string, leg_started_at_s: number): number {
  const made_s = madeAt(call_key);
  if (made_s === undefined) return leg_started_at_s;
  return Math.abs(made_s - leg_started_at_s) <= SAME_CALL_S ? made_s : leg_started_at_s;
}

/** The second in a key. A plain key (`1231977075.42`) is read without the regular expression, which takes most of the time. */
function madeAt(call_key: string): number | undefined {
  const dot = call_key.indexOf('.');
  if (dot === 9 || dot === 10) {
    const seconds = wholeNumber(call_key.slice(0, dot));
    if (seconds !== undefined && wholeNumber(call_key.slice(dot + 1)) !== undefined) return seconds;
  }
  const made = UNIQUE_ID.exec(call_key)?.[1];
  return made === undefined ? undefined : Number(made);
}
