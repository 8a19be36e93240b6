import { TELEPHONES_MAX } from './numbers.js';
import type { GenerateOptions } from './options.js';
import { Random } from './random.js';

/** What is at the other end. The attempts of a telephone depend on it, so they are not independent draws. */
export const TELEPHONE_STATES = ['live', 'dead', 'voicemail', 'fax'] as const;
export type TelephoneState = (typeof TELEPHONE_STATES)[number];

const [LIVE, DEAD, VOICEMAIL, FAX] = [0, 1, 2, 3] as const;

/** Shares of the states: live 82 %, dead 12 %, always voicemail 4 %, fax or always busy 2 %. */
const SHARES = [0.82, 0.12, 0.04, 0.02] as const;
/** Share of live telephones that are given up during the window, and of dead ones that are assigned to somebody new. */
const DYING_SHARE = 0.03;
const REVIVED_SHARE = 0.05;
const TWO_SPELLINGS_SHARE = 0.02;
/** Telephones for each attempt. Some are never drawn, so those that are dialed have about 2.5 attempts each. */
const TELEPHONES_PER_ATTEMPT = 0.58;

const TWO_SPELLINGS = 1 << 4;

/** The hidden states: five bytes a telephone. Nothing else in the generator grows with the operation. */
export class Telephones {
  readonly count: number;
  /** State before the change in bits 0–1, after it in bits 2–3, TWO_SPELLINGS in bit 4. */
  readonly #kinds: Uint8Array;
  /** When the state changes, in seconds since 1970 UTC; the largest value stands for never. */
  readonly #changes_s: Uint32Array;

  constructor(options: GenerateOptions) {
    const random = new Random(options.seed, 1);
    const from_s = options.until_s - options.days * 86_400;
    this.count = Math.min(TELEPHONES_MAX, Math.ceil(options.attempts * TELEPHONES_PER_ATTEMPT) + 10);
    this.#kinds = new Uint8Array(this.count);
    this.#changes_s = new Uint32Array(this.count).fill(NEVER_S);
    for (let index = 0; index < this.count; index += 1) {
      const before = drawState(random);
      const after = changed(before, random);
      if (after !== before) this.#changes_s[index] = from_s + random.below(options.days * 86_400);
      this.#kinds[index] = before | (after << 2) | (random.chance(TWO_SPELLINGS_SHARE) ? TWO_SPELLINGS : 0);
    }
  }

  stateAt(index: number, instant_s: number): TelephoneState {
    const kind = this.#kinds[index] ?? 0;
    const state = instant_s < (this.#changes_s[index] ?? NEVER_S) ? kind & 3 : (kind >> 2) & 3;
    return TELEPHONE_STATES[state] ?? 'live';
  }

  hasTwoSpellings(index: number): boolean {
    return ((this.#kinds[index] ?? 0) & TWO_SPELLINGS) !== 0;
  }
}

const NEVER_S = 2 ** 32 - 1;

function drawState(random: Random): number {
  const place = random.unit();
  if (place < SHARES[LIVE]) return LIVE;
  if (place < SHARES[LIVE] + SHARES[DEAD]) return DEAD;
  return place < 1 - SHARES[FAX] ? VOICEMAIL : FAX;
}

function changed(state: number, random: Random): number {
  const place = random.unit();
  if (state === LIVE && place < DYING_SHARE) return DEAD;
  if (state === DEAD && place < REVIVED_SHARE) return LIVE;
  return state;
}
