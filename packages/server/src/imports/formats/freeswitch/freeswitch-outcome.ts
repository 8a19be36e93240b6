import type { OutcomeWords } from '../../evidence/evidence.js';
import { isExtension } from '../../fields/extension.js';
import { telephoneIn } from '../../fields/telephones.js';
import type { FieldNames } from '../checked-leg.js';

/** mod_amd says HUMAN, MACHINE and NOTSURE, as Asterisk does. */
export const FREESWITCH_WORDS: OutcomeWords = { cause: 'freeswitch', amd: 'asterisk_amdstatus' };

export const FREESWITCH_NAMES: FieldNames = {
  key: 'uuid',
  telephone: 'destination_number',
  start: 'start_epoch',
  outcome: 'hangup_cause',
};

/** What FreeSWITCH calls the caller of a leg that `originate` made. */
const ORIGINATED = 'outbound call';

/** Whether a caller's name says that `originate` made the leg: the switch dialed it. */
export function isOriginated(caller_id_name: string): boolean {
  return caller_id_name.trim().toLowerCase() === ORIGINATED;
}

/**
 * The number that a leg dialed. For legs of `originate` FreeSWITCH turns the caller's and the callee's profile around
 * (`channel_cid_flipped`): the dialed number is then the caller id, and the destination is what came after the
 * answer: an application (`park`), `&bridge(...)` or an extension of the dialplan. '' where neither is a number; as it
 * stands where it was one before a spreadsheet or a stray quote came to it, as the other one is then not what was dialed.
 * An extension that called a name is none either: it is who called.
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

/** Digits of a telephone and something that none has, unlike `park`, `&bridge(sofia/gateway/a/573001234567)` or `1000-conf`. */
const DAMAGED = /^[\s"']*\+?\d{7}/;
