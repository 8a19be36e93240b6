import type { Words } from '../evidence.js';
import type { FieldNames } from './checked-leg.js';
import { isDialable } from './dial-string.js';

/** mod_amd says HUMAN, MACHINE and NOTSURE, as Asterisk does. */
export const FREESWITCH_WORDS: Words = { cause: 'freeswitch', amd: 'asterisk_amdstatus' };

export const FREESWITCH_NAMES: FieldNames = {
  key: 'uuid',
  telephone: 'destination_number',
  start: 'start_epoch',
  outcome: 'hangup_cause',
};

/** What FreeSWITCH calls the caller of a leg that `originate` made. */
const ORIGINATED = 'outbound call';

/**
 * The number that a leg dialed. For legs of `originate` FreeSWITCH turns the caller's and the callee's profile around
 * (`channel_cid_flipped`): the dialed number is then the caller id, and the destination is what came after the
 * answer: an application (`park`), `&bridge(...)` or an extension of the dialplan.
 */
export function dialedNumber(destination: string, caller_id_number: string, caller_id_name: string): string {
  const is_flipped =
    isDialable(caller_id_number) &&
    (!isDialable(destination) || caller_id_name.trim().toLowerCase() === ORIGINATED);
  if (is_flipped) return caller_id_number;
  return isDialable(destination) ? destination : '';
}
