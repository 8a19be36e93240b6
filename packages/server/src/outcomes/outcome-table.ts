import { foldSpelling, MACHINE_CODES, type MachineCode } from '@recuento/contract';
import type { NumberEvidence } from '../attempts/number-evidence.js';

/**
 * What each dialer's words mean, in one place: the machine code of the attempt, and what the word says of the number.
 *
 * Every row can be checked against the vendor's own documentation or source. Spellings are compared folded, so
 * `NO ANSWER`, `no-answer` and `NOANSWER` are one row.
 */
export type Outcome =
  | {
      readonly code: MachineCode;
      readonly evidence: NumberEvidence;
      /** The code when the record says that the call was answered: some words end answered calls and unanswered ones. */
      readonly answered?: MachineCode;
    }
  /** The record is no attempt, or not the end of one: it is skipped. */
  | { readonly skip: SkipReason };

export type SkipReason =
  | 'no_telephone'
  | 'blank_line'
  | 'header'
  | 'not_final'
  | 'not_an_attempt'
  | 'not_dialed'
  | 'inbound'
  | 'internal'
  | 'filtered'
  | 'other_campaign'
  | 'carrier_row_alone';

const LIVES = 'line_lives';
const INVALID = 'number_invalid';
const DOUBTFUL = 'number_doubtful';
const TRUNK = 'trunk_at_fault';
const NONE = 'none';

const is = (code: MachineCode, evidence: NumberEvidence, words: string): [string, Outcome][] =>
  words.split(',').map((word) => [foldSpelling(word.trim()), { code, evidence }]);
const skip = (reason: SkipReason, words: string): [string, Outcome][] =>
  words.split(',').map((word) => [foldSpelling(word.trim()), { skip: reason }]);
/** `answer` when the record says that it was answered, else `no_answer`. */
const byAnswer = (word: string): [string, Outcome][] => [
  [foldSpelling(word), { code: 'no_answer', evidence: NONE, answered: 'answer' }],
];

const TABLES = {
  wolkvox: [
    ...is('no_answer', NONE, 'no-answer'),
    ...is('answer_machine', LIVES, 'answer-machine, MAILBOX, FAX'),
    ...is('busy', LIVES, 'busy'),
    ...is('congestion', TRUNK, 'congestion'),
    ...is('failed', DOUBTFUL, 'failed'),
    ...is('failed', TRUNK, 'chanunavail, NOT-AVAILABLE'),
    ...is('answer', LIVES, 'answer, RPC, WRONG PERSON, WRONG PERSON CONTACT, WRONG NUMBER'),
    ...is('abandon', LIVES, 'abandon'),
    ...is('recall', NONE, 'recall'),
    ...is('do_not_call', NONE, 'do-not-call, do-not-call_clean'),
    ...is('unknown', NONE, 'unknown'),
    ...skip('not_an_attempt', 'clean, NA'),
  ],
  // main/cdr.c, ast_cdr_disp2str. ANSWERED says that something answered, not that a person did. FAILED is also what
  // CONGESTION becomes unless cdr.conf says congestion=yes, so it says nothing of the number.
  asterisk_disposition: [
    ...is('answer', LIVES, 'ANSWERED'),
    ...is('no_answer', NONE, 'NO ANSWER'),
    ...is('busy', LIVES, 'BUSY'),
    ...is('congestion', TRUNK, 'CONGESTION'),
    ...is('failed', NONE, 'FAILED'),
    ...is('no_answer', NONE, 'CANCEL'), // as Asterisk folds it itself by default
    ...is('unknown', NONE, 'UNKNOWN'),
  ],
  // apps/app_dial.c. The cause, where there is one, refines CHANUNAVAIL.
  asterisk_dialstatus: [
    ...is('answer', LIVES, 'ANSWER, DONTCALL, TORTURE'),
    ...is('no_answer', NONE, 'NOANSWER, CANCEL'),
    ...is('busy', LIVES, 'BUSY'),
    ...is('congestion', TRUNK, 'CONGESTION'),
    ...is('failed', TRUNK, 'CHANUNAVAIL'),
    ...skip('not_dialed', 'INVALIDARGS'), // never left the switch
  ],
  // apps/app_amd.c
  asterisk_amdstatus: [
    ...is('answer_machine', LIVES, 'MACHINE'),
    ...is('answer', LIVES, 'HUMAN, PERSON, NOTSURE, HANGUP'), // PERSON is Vicidial's (agi/VD_amd.agi)
  ],
  vicidial: [
    ...is('no_answer', NONE, 'NA, N, CPDNA'), // NA is also Vicidial's word for whatever it does not know
    ...is('answer_machine', LIVES, 'A, AA, AM, AL, AMDXFR, AFAX, CPSAA'),
    ...is('busy', LIVES, 'B, AB, CPDB'),
    ...is('congestion', TRUNK, 'ADCT, CPDATB, CPDSNC, CPDSR, CPDSUA, CRC'),
    ...is('failed', INVALID, 'DC, ADC, ADCCAR, CPDINV, CPDSI'),
    ...is('failed', DOUBTFUL, 'CPDSV'), // Vicidial itself groups it with congestion
    ...is('failed', NONE, 'CPDREJ, CPDERR, CPDUK, CPDSUK, CRF, CRR, CRO'),
    ...is('failed', TRUNK, 'LRERR'),
    ...is('answer', LIVES, 'DROP, PDROP, XDROP, PU, PM, XFER, SALE, NI, NP, DEC, CALLBK, CBHOLD, DNC, DAIR'),
    ...is('answer', LIVES, 'ADAIR, IVRXFR, QVMAIL, TIMEOT, SVYEXT, SVYVM, SVYHU, SVYREC, SVYCLM'),
    ...skip('not_final', 'NEW, QUEUE, INCALL, DISPO'),
    ...skip('not_an_attempt', 'ERI, DNCL, DNCC, DNCCAR, MLINAT, ALTNUM'),
  ],
  freeswitch: [
    ...byAnswer('NORMAL_CLEARING'),
    ...is('busy', LIVES, 'USER_BUSY, BUSY_EVERYWHERE'),
    ...is('no_answer', NONE, 'NO_ANSWER, NO_USER_RESPONSE, NO_PICKUP, ALLOTTED_TIMEOUT, PROGRESS_TIMEOUT'),
    ...is('no_answer', NONE, 'SUBSCRIBER_ABSENT, ORIGINATOR_CANCEL'),
    ...is('congestion', TRUNK, 'NORMAL_CIRCUIT_CONGESTION, SWITCH_CONGESTION, NETWORK_OUT_OF_ORDER'),
    ...is('congestion', TRUNK, 'NORMAL_TEMPORARY_FAILURE, REQUESTED_CHAN_UNAVAIL'),
    ...is('failed', INVALID, 'UNALLOCATED_NUMBER, INVALID_NUMBER_FORMAT, NUMBER_CHANGED'),
    ...is('failed', INVALID, 'DOES_NOT_EXIST_ANYWHERE'),
    ...is('failed', DOUBTFUL, 'NO_ROUTE_DESTINATION'),
    ...is('failed', NONE, 'CALL_REJECTED, DECLINE, UNWANTED, REJECT_ALL, RECOVERY_ON_TIMER_EXPIRE'),
    ...is('failed', TRUNK, 'GATEWAY_DOWN, INVALID_GATEWAY, INVALID_PROFILE, INVALID_URL, CRASH'),
    ...is('failed', TRUNK, 'USER_NOT_REGISTERED, CHAN_NOT_IMPLEMENTED, NO_ROUTE_TRANSIT_NET'),
    ...is('failed', TRUNK, 'EXCHANGE_ROUTING_ERROR, SYSTEM_SHUTDOWN, MANAGER_REQUEST'),
    ...skip('not_an_attempt', 'LOSE_RACE, PICKED_OFF, BLIND_TRANSFER, ATTENDED_TRANSFER'),
  ],
  twilio_status: [
    ...is('answer', LIVES, 'completed'),
    ...is('busy', LIVES, 'busy'),
    ...is('no_answer', NONE, 'no-answer, canceled'),
    ...is('failed', NONE, 'failed, fail'),
    ...skip('not_final', 'queued, initiated, ringing, in-progress'),
    ...skip('not_dialed', 'undialed'),
  ],
  twilio_answered_by: [
    ...is(
      'answer_machine',
      LIVES,
      'machine_start, machine_end_beep, machine_end_silence, machine_end_other, fax',
    ),
    ...is('answer', LIVES, 'human, unknown'),
  ],
  // plivo.com/docs/voice/troubleshooting/hangup-causes, by code and by name. A call that was answered is answered whatever ended
  // it. 3070 is SIP 408, which is no_answer wherever it is given.
  plivo: [
    ...[
      '4000, Normal Hangup',
      '4010, End Of XML Instructions',
      '4020, Multiparty Call Ended',
      '6000, Scheduled Hangup',
    ]
      .flatMap((words) => words.split(', '))
      .flatMap(byAnswer),
    ...['4030', 'Kicked Out Of Multiparty Call', '9110', 'Confirm Key Challenge Failed'].flatMap(byAnswer),
    ...is('answer_machine', LIVES, '9100, Machine Detected'),
    ...is('busy', LIVES, '3010, Busy Line, 3100, Busy everywhere'),
    ...is('no_answer', NONE, '1000, Canceled, Cancelled, 3000, No Answer, 3070, Request timeout'),
    ...is('no_answer', NONE, '6010, Ring Timeout Reached'),
    ...is(
      'congestion',
      TRUNK,
      '3080, Internal server error from carrier, 3090, Network congestion from carrier',
    ),
    ...is('failed', INVALID, '2000, Invalid Destination Address, 3050, Unallocated number'),
    ...is('failed', INVALID, '3120, User does not exist anywhere'),
    ...is('failed', DOUBTFUL, '2010, Destination Out Of Service'),
    ...is('failed', NONE, '3020, Rejected, 3040, Forbidden, 3110, Declined, 3130, Spam block'),
    ...is('failed', TRUNK, '1010, Canceled (Out Of Credits), Cancelled (Out Of Credits)'),
    ...is('failed', TRUNK, '1020, Canceled (Simultaneous dial limit reached), 2020, Endpoint Not Registered'),
    ...is('failed', TRUNK, '2030, Destination Country Barred, 2040, Destination Number Barred'),
    ...is(
      'failed',
      TRUNK,
      '2050, Destination Prefix Barred, 2060, Loop Detected, 2070, Violates Media Anchoring',
    ),
    ...is('failed', TRUNK, '3030, Unknown Caller ID, 3140, DNO Caller ID, 5000, Network Error'),
    ...is('failed', TRUNK, '5010, Internal Error, 5020, Routing Error, 6020, Media Timeout'),
    ...is(
      'failed',
      TRUNK,
      '7011, 7012, 7013, 7014, 7022, 7023, 7024, 7032, 7033, 7034, 8011, 8012, 8013, 8014',
    ),
    ...is('unknown', NONE, '0, Unknown'),
    ...skip('not_an_attempt', '9000, Lost Race'),
  ],
  vonage: [
    ...is('answer', LIVES, 'answered, completed'),
    ...is('answer_machine', LIVES, 'machine'),
    ...is('busy', LIVES, 'busy'),
    ...is('no_answer', NONE, 'timeout, unanswered, cancelled'),
    ...is('failed', NONE, 'rejected, failed'),
    ...skip('not_final', 'started, ringing'),
  ],
  jambonz: [
    ...is('answer', LIVES, 'completed'),
    ...is('busy', LIVES, 'busy'),
    ...is('no_answer', NONE, 'no-answer'),
    ...is('failed', NONE, 'failed'), // its sip_status says more
  ],
  amazon_connect: [
    ...is('answer', LIVES, 'HUMAN_ANSWERED, ANSWERED, AMD_UNRESOLVED, UNDETECTED'),
    ...is('answer_machine', LIVES, 'VOICEMAIL_BEEP, VOICEMAIL_NO_BEEP, FAX_MACHINE_DETECTED'),
    ...is('busy', LIVES, 'SIT_TONE_BUSY'),
    ...is('failed', INVALID, 'SIT_TONE_INVALID_NUMBER'),
    ...is('failed', NONE, 'SIT_TONE_DETECTED, ERROR, AMD_ERROR'),
    ...is('no_answer', NONE, 'AMD_UNANSWERED'),
    ...skip('not_an_attempt', 'AMD_NOT_APPLICABLE'),
  ],
  // For failures its failure_cause has a Q.850 number.
  issabel: [...is('answer', LIVES, 'Success, Abandoned, ShortCall'), ...is('no_answer', NONE, 'NoAnswer')],
  newfies: [
    ...is('answer', LIVES, 'ANSWER'),
    ...is('busy', LIVES, 'BUSY'),
    ...is('no_answer', NONE, 'NOANSWER, CANCEL'),
    ...is('congestion', TRUNK, 'CONGESTION'),
    ...is('failed', NONE, 'FAILED'),
  ],
  // ITU-T Q.850, names as in Asterisk's include/asterisk/causes.h. 41 belongs with 34: SIP 503 becomes 34 in Asterisk
  // and 41 in FreeSWITCH, and the same event must land in one column.
  q850: [
    ...byAnswer('16'),
    ...is('busy', LIVES, '17'),
    ...is('no_answer', NONE, '18, 19, 20'),
    ...is('failed', INVALID, '1, 22, 28'),
    ...is('failed', DOUBTFUL, '3'),
    ...is('failed', NONE, '0, 21, 27, 29, 31, 102'), // 21 is also what SIP 401, 403, 407 and 603 become
    ...is('failed', TRUNK, '2, 5, 50, 52, 54, 55, 57, 58, 63, 65, 66, 69, 79, 88'),
    ...is('failed', TRUNK, '95, 96, 97, 98, 99, 100, 101, 103, 111, 127'),
    ...is('congestion', TRUNK, '34, 38, 41, 42, 44, 47'),
    ...skip('not_an_attempt', '26'), // answered elsewhere
    ...is('no_answer', NONE, '487'), // no Q.850: FreeSWITCH's own number of ORIGINATOR_CANCEL
  ],
  // RFC 3261 and later, the final response. It is better evidence than the Q.850 number that a switch made of it.
  sip: [
    ...is('failed', INVALID, '404, 410, 484, 604'),
    ...is('failed', DOUBTFUL, '485'),
    ...is('no_answer', NONE, '480, 408, 487'),
    ...is('busy', LIVES, '486, 600'),
    ...is('congestion', TRUNK, '500, 502, 503, 504'),
    ...is('failed', TRUNK, '401, 403, 407, 405, 413, 414, 415, 416, 417, 418, 419, 420, 421'),
    ...is('failed', TRUNK, '481, 482, 483, 488, 491, 493, 501, 505, 606'),
    ...is('failed', NONE, '603, 607, 608'), // declined, or our number's reputation
  ],
} as const satisfies Record<string, readonly [string, Outcome][]>;

/**
 * Words of files whose writer is not known: `any` of results, `any_amd` of AMD results. A word that vendors use for
 * different codes (NA) is in neither, as it would be a guess.
 */
const JOINED = {
  any: [
    ...MACHINE_CODES.map((code): [string, Outcome] => [
      foldSpelling(code),
      { code, evidence: evidenceOfCode(code) },
    ]),
    ...TABLES.wolkvox,
    ...TABLES.asterisk_disposition,
    ...TABLES.asterisk_dialstatus,
    ...TABLES.vicidial,
    ...TABLES.freeswitch,
    ...TABLES.twilio_status,
    ...TABLES.vonage,
    ...TABLES.jambonz,
    ...TABLES.amazon_connect,
    ...TABLES.issabel,
    ...TABLES.newfies,
  ],
  any_amd: [...TABLES.asterisk_amdstatus, ...TABLES.twilio_answered_by],
};

export type Vocabulary = keyof typeof TABLES | keyof typeof JOINED;

const BY_WORD: ReadonlyMap<string, ReadonlyMap<string, Outcome>> = new Map([
  ...Object.entries(TABLES).map(
    ([vocabulary, rows]) => [vocabulary, new Map<string, Outcome>(rows)] as const,
  ),
  ...Object.entries(JOINED).map(([vocabulary, rows]) => [vocabulary, agreed(rows)] as const),
]);

/** The words for which all rows have the same code. Their evidence holds where the rows agree on it. */
function agreed(rows: readonly [string, Outcome][]): Map<string, Outcome> {
  const words = new Map<string, Outcome>();
  const disputed = new Set<string>();
  for (const [word, outcome] of rows) {
    const known = words.get(word);
    if (known === undefined) words.set(word, outcome);
    else if (!('code' in known && 'code' in outcome && known.code === outcome.code)) disputed.add(word);
    else if (known.evidence !== outcome.evidence) words.set(word, { ...known, evidence: NONE });
  }
  for (const word of disputed) words.delete(word);
  return words;
}

/** What a code by itself says of the number. */
export function evidenceOfCode(code: MachineCode): NumberEvidence {
  if (code === 'congestion') return TRUNK;
  return ['answer', 'answer_machine', 'abandon', 'busy'].includes(code) ? LIVES : NONE;
}

/** What a vendor's word means, or undefined when the vocabulary does not have it. Folds, so cache it on hot paths. */
export function outcomeOf(vocabulary: Vocabulary, word: string): Outcome | undefined {
  return BY_WORD.get(vocabulary)?.get(foldSpelling(word));
}
