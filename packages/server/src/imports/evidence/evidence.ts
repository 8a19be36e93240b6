import { type AmdResult, foldSpelling, type MachineCode } from '@recuento/contract';
import type { NumberEvidence } from '../../attempts/number-evidence.js';
import {
  evidenceOfCode,
  type Outcome,
  outcomeOf,
  type SkipReason,
  type Vocabulary,
} from '../../outcomes/outcome-table.js';
import { fieldFault } from '../fields/fields.js';
import { declaredCode, NO_OVERRIDES, type OutcomeOverrides } from './trunks.js';

/** The vocabulary of a format's fields. It must be a constant of the format, because decisions are cached by it. */
export interface OutcomeWords {
  readonly amd?: Vocabulary;
  readonly cause?: Vocabulary;
  readonly disposition?: Vocabulary;
}

/** What a record says about an attempt's end. Absent, '' and undefined: not recorded. */
export interface RecordedOutcome {
  /**
   * Whether it was answered, where the record shows that beyond doubt (FreeSWITCH's answer_epoch). Asterisk's answer time
   * and billsec do not: rows that were never answered have them too.
   */
  readonly answered?: boolean | undefined;
  readonly amd?: string | undefined;
  /** Final SIP response. */
  readonly sip?: number | undefined;
  /** The switch's name for the cause. */
  readonly cause?: string | undefined;
  /** Q.850 number. */
  readonly q850?: number | undefined;
  readonly disposition?: string | undefined;
}

export type Decision =
  | {
      readonly code: MachineCode;
      readonly amd: AmdResult | '';
      readonly evidence: NumberEvidence;
      /** No table knows the record's word for the end: the outcome is from another field. */
      readonly unknown_word?: true;
    }
  | { readonly skip: SkipReason };

/**
 * How an attempt ended, by the best evidence: AMD result > SIP code > the switch's cause name > Q.850 number >
 * disposition. Each of them is made from the one before it and loses some detail: SIP 408 is Q.850 18 in Asterisk and 102
 * in FreeSWITCH, 503 is 34 and 41, and FreeSWITCH gives ORIGINATOR_CANCEL the number 16, like a normal end.
 *
 * - AMD judges only answered calls. In other calls its field holds something else, and is ignored.
 * - A call that was answered beyond doubt (`answered: true`) counts as answered: the reason why it ended later is not the
 *   outcome of the attempt.
 * - Q.850 16 and NORMAL_CLEARING end answered and unanswered calls: `answered`, else the disposition, decides which.
 * - Q.850 0 counts as absent wherever there is other evidence; so do words and numbers that no table has.
 * - Where better evidence shows only "answered", a disposition that shows more (a machine, an abandon) counts.
 *
 * `overrides` replace rows of the table for a trunk. Returns undefined when no field shows how the attempt ended.
 */
export function decide(
  words: OutcomeWords,
  told: RecordedOutcome,
  overrides: OutcomeOverrides = NO_OVERRIDES,
): Decision | undefined {
  return rememberedBy(words, overrides).decide(told);
}

/** The record's word for the end: a disposition, or the cause in a format without dispositions. '' where it has none. */
export function wordFor(words: OutcomeWords, told: RecordedOutcome): string {
  return (words.disposition === undefined ? told.cause : told.disposition) ?? '';
}

/** Names of causes, SIT tones and statuses are shorter; a longer text is not a word of a table. */
const SAID_MAX_CHARS = 40;

/** The name of the cause, or else the disposition: the word that a person would look up. */
export function saidBy({ cause = '', disposition = '' }: RecordedOutcome): string {
  const word = cause === '' ? disposition : cause;
  return word.length <= SAID_MAX_CHARS && fieldFault('said', word, SAID_MAX_CHARS) === undefined ? word : '';
}

/** Combinations that are cached for one format and trunk. Files have some tens; the limit is for hostile ones. */
const REMEMBERED_MAX = 10_000;
type Decisions = Map<string, { readonly decision: Decision | undefined }>;

/**
 * Caches decisions by the recorded fields. Each field is looked up by itself, because one key of all of them would have
 * to be built each time.
 */
class Remembered {
  readonly #decideAnew: (told: RecordedOutcome) => Decision | undefined;
  readonly #known = new Map<string, Map<string, Decisions>>();
  #size = 0;

  constructor(decideAnew: (told: RecordedOutcome) => Decision | undefined) {
    this.#decideAnew = decideAnew;
  }

  decide(told: RecordedOutcome): Decision | undefined {
    const { disposition = '', amd = '', cause = '' } = told;
    const numbers =
      told.sip === undefined && told.q850 === undefined && told.answered === undefined
        ? cause
        : `${told.sip} ${told.q850} ${told.answered} ${cause}`;
    const known = this.#known.get(disposition)?.get(amd)?.get(numbers);
    if (known) return known.decision;
    const decision = this.#decideAnew(told);
    if (this.#size >= REMEMBERED_MAX) {
      this.#known.clear();
      this.#size = 0;
    }
    this.#size += 1;
    const by_amd = entryOf(this.#known, disposition, () => new Map<string, Decisions>());
    entryOf(by_amd, amd, (): Decisions => new Map()).set(numbers, { decision });
    return decision;
  }
}

const remembered = new WeakMap<OutcomeOverrides, WeakMap<OutcomeWords, Remembered>>();

function rememberedBy(words: OutcomeWords, overrides: OutcomeOverrides): Remembered {
  const by_words = entryOf(remembered, overrides, () => new WeakMap<OutcomeWords, Remembered>());
  return entryOf(by_words, words, () => new Remembered((told) => workOut(words, told, overrides)));
}

/** The value of a key, created where the map has none. */
function entryOf<Key, Value>(
  map: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown },
  key: Key,
  make: () => Value,
): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

type Ending = { readonly code: MachineCode; readonly evidence: NumberEvidence };

function workOut(
  words: OutcomeWords,
  told: RecordedOutcome,
  overrides: OutcomeOverrides,
): Decision | undefined {
  const end = words.disposition === undefined ? 'cause' : 'disposition';
  const row = (kind: string, vocabulary: Vocabulary | undefined, word: string | number | undefined) => {
    if (word === undefined || word === '' || vocabulary === undefined) return undefined;
    const outcome = outcomeOf(vocabulary, String(word));
    const override = declaredCode(overrides, kind, String(word), kind === end);
    return override === undefined ? outcome : overridden(override, outcome);
  };
  const disposition = row('disposition', words.disposition, told.disposition);
  const q850 = row('q850', 'q850', told.q850);
  const cause = row('cause', words.cause, told.cause);
  const is_unknown = wordFor(words, told) !== '' && (end === 'cause' ? cause : disposition) === undefined;
  const unknown_word = is_unknown && ({ unknown_word: true } as const);
  const deciding =
    row('sip', 'sip', told.sip) ?? cause ?? (told.q850 === 0 ? (disposition ?? q850) : (q850 ?? disposition));
  const answered = told.answered ?? (disposition !== undefined && isAnswered(disposition));
  const ending = endingOf(deciding, answered, told.answered === true);
  if (ending === undefined || 'skip' in ending) return ending;
  if (!AFTER_ANSWER.has(ending.code)) return { ...ending, amd: '', ...unknown_word };
  const told_more = ending.code === 'answer' && disposition !== undefined && isAnswered(disposition);
  const { code, evidence } = told_more ? disposition : ending;
  const amd = row('amd', words.amd, told.amd);
  if (amd === undefined || 'skip' in amd) return { code, evidence, amd: '', ...unknown_word };
  // An abandoned call shows more than AMD can: a person was not served.
  return {
    ...(code === 'abandon' ? { code, evidence } : { code: amd.code, evidence: amd.evidence }),
    amd: amdResult(told.amd ?? '', amd),
    ...unknown_word,
  };
}

function endingOf(
  outcome: Outcome | undefined,
  answered: boolean,
  beyond_doubt: boolean,
): Ending | { readonly skip: SkipReason } | undefined {
  if (outcome === undefined) return beyond_doubt ? ANSWER : undefined;
  if ('skip' in outcome) return outcome;
  if (answered && outcome.answered !== undefined)
    return { code: outcome.answered, evidence: ANSWER.evidence };
  if (beyond_doubt && !AFTER_ANSWER.has(outcome.code)) return ANSWER;
  return { code: outcome.code, evidence: outcome.evidence };
}

const ANSWER: Ending = { code: 'answer', evidence: 'line_lives' };
/** Codes of answered calls. */
const AFTER_ANSWER: ReadonlySet<MachineCode> = new Set(['answer', 'answer_machine', 'abandon']);

function isAnswered(outcome: Outcome): outcome is Extract<Outcome, Ending> {
  return 'code' in outcome && AFTER_ANSWER.has(outcome.code);
}

/** The operator's code in place of the table's. The table's meaning for answered calls stays. */
function overridden(code: MachineCode, outcome: Outcome | undefined): Outcome {
  const answered = outcome && 'code' in outcome ? outcome.answered : undefined;
  return { code, evidence: evidenceOfCode(code), ...(answered !== undefined && { answered }) };
}

/** The AMD result that a vendor's word means. */
function amdResult(word: string, outcome: Ending): AmdResult {
  const folded = foldSpelling(word);
  if (folded === 'hangup') return 'hangup';
  if (folded === 'notsure' || folded === 'unknown') return 'not_sure';
  return outcome.code === 'answer_machine' ? 'machine' : 'human';
}
