import type { OutcomeWords } from '../../evidence/evidence.js';
import { isExtension } from '../../fields/extension.js';
import { telephoneIn } from '../../fields/telephones.js';
import type { FieldNames } from '../checked-leg.js';

/** mod_amd has the words HUMAN, MACHINE and NOTSURE, as Asterisk has. */
export const FREESWITCH_WORDS: OutcomeWords = { cause: 'freeswitch', amd: 'asterisk_amdstatus' };

export const FREESWITCH_NAMES: FieldNames = {
  key: 'uuid',
  telephone: 'destination_number',
  start: 'start_epoch',
  outcome: 'hangup_cause',
};

/** FreeSWITCH's caller name for a leg that `originate` made. */
const ORIGINATED = 'outbound call';

/** Whether a caller's name shows that `originate` made the leg: the switch dialed it. */
export function isOriginated(caller_id_name: string): boolean {
  return caller_id_name.trim().toLowerCase() === ORIGINATED;
}

/**
 * The number that a leg dialed. For legs of `originate` FreeSWITCH swaps the profiles of caller and callee
 * (`channel_cid_flipped`): the caller id is then the dialed number, and the destination is what follows the answer: an
 * application (`park`), `&bridge(...)` or an extension of the dialplan. '' where neither is a number. A number that a
 * spreadsheet or a stray quote damaged is returned unchanged, because the other one is not what was dialed. An extension
 * that called a name is not a dialed number either: it is the caller.
 */
export function dialedNumber(destination: string, caller_id_number: string, caller_id_name: string): string {
  const [first, second] = isOriginated(caller_id_name)
    ? [caller_id_number, destination]
    : [destination, isExtension(caller_id_number) ? '' : caller_id_number];
  return [first, second].find(wasNumber) ?? '';
}

function wasNumber(text: string): boolean {
  const telephone = telephoneIn(text);
  if (typeof telephone === 'string') return true;
  return telephone.because === 'other' ? DAMAGED.test(text) : telephone.because !== 'none';
}

/**
 * The digits of a telephone followed by something else, unlike `park`, `&bridge(sofia/gateway/a/573001234567)` or
 * `1000-conf`.
 */
const DAMAGED = /^[\s"']*\+?\d{7}/;
