import type { Known } from './alone.js';
import { ask, type Caller } from './call.js';
import { type Ending, type Measured, type Misdeed, misbehave } from './misdeeds.js';
import type { Scene } from './scene.js';
import { hasAnythingOfA, told } from './told.js';

/** What B was told beside A. */
export class Tally {
  /** Replies that were held against what B is told alone. */
  compared = 0;
  /** 503 and 504: told to come again. They are no mismatch, and are counted. */
  refused = 0;
  /** 500: the service itself found that something was wrong with the reply. */
  failed = 0;
  /** Replies whose connection was cut before their end: no client takes them for whole. */
  cut = 0;
  /** With something of A in them. */
  leaked = 0;
  /** Which question was answered otherwise than alone, with how the answer began. */
  readonly mismatches: string[] = [];
  /** How A's calls ended, by what A did. */
  readonly endings = new Map<string, number>();

  get misdeeds(): number {
    return [...this.endings.values()].reduce((sum, count) => sum + count, 0);
  }

  noteEnding({ kind }: Misdeed, ending: Ending): void {
    const name = `${kind}: ${ending}`;
    this.endings.set(name, (this.endings.get(name) ?? 0) + 1);
  }

  note(outcome: 'compared' | 'refused' | 'failed' | 'cut'): void {
    this[outcome] += 1;
  }

  add(other: Tally): void {
    for (const count of ['compared', 'refused', 'failed', 'cut', 'leaked'] as const)
      this[count] += other[count];
    this.mismatches.push(...other.mismatches);
    for (const [name, count] of other.endings) this.endings.set(name, (this.endings.get(name) ?? 0) + count);
  }
}

/** What A does and what B asks in one moment: A each thing at once, B by as many callers as it has. */
export interface Round {
  readonly misdeeds: readonly Misdeed[];
  /** Indices of what B is known to be told. */
  readonly asked: readonly number[];
}

/** Callers and what is known, for as long as a service lives at one address. */
export interface Stage {
  readonly scene: Scene;
  readonly at: Omit<Caller, 'token'>;
  /** Where A calls; absent is where B does. */
  readonly at_of_a?: Omit<Caller, 'token'>;
  readonly known: readonly Known[];
  /** Calls of A. */
  readonly measured: readonly Measured[];
}

/**
 * Plays rounds and compares every reply of B. What A left behind is found by whoever comes next: so what B asks is asked
 * in part beside A, in part when A is done.
 */
export async function play(stage: Stage, rounds: readonly Round[]): Promise<Tally> {
  const tally = new Tally();
  for (const { misdeeds, asked } of rounds) {
    const half = Math.ceil(asked.length / 2);
    await Promise.all([
      ...misdeeds.map((misdeed, lane) => actOut(stage, misdeed, lane, tally)),
      askAll(stage, asked.slice(half), tally),
    ]);
    await askAll(stage, asked.slice(0, half), tally);
  }
  return tally;
}

async function actOut(stage: Stage, misdeed: Misdeed, lane: number, tally: Tally): Promise<void> {
  const { scene, at_of_a: at = stage.at, measured } = stage;
  const call = measured[misdeed.call % measured.length];
  if (call) tally.noteEnding(misdeed, await misbehave(scene, at, lane, misdeed, call));
}

/** Each caller of B asks its part, one after another. */
async function askAll({ scene, at, known }: Stage, asked: readonly number[], tally: Tally): Promise<void> {
  const callers = scene.tokens_of_b.map(async (token, caller, all) => {
    for (const index of asked.filter((_, place) => place % all.length === caller)) {
      const one = known[index % known.length];
      if (one) await compare({ ...at, token }, one, tally);
    }
  });
  await Promise.all(callers);
}

/** How much of a wrong answer is shown. */
const SHOWN_CHARS = 120;

async function compare(caller: Caller, { question, answer }: Known, tally: Tally): Promise<void> {
  const came = await ask(caller, question);
  const leaks = hasAnythingOfA(came);
  if (leaks) tally.leaked += 1;
  else if (!came.whole) return tally.note('cut');
  else if (came.status === 503 || came.status === 504) return tally.note('refused');
  else if (came.status === 500) return tally.note('failed');
  tally.note('compared');
  const now = told(question.path, came);
  if (!leaks && now.equals(answer)) return;
  const head = came.body.subarray(0, SHOWN_CHARS).toString('latin1');
  tally.mismatches.push(
    `${question.name}: ${came.status}, ${now.length} for ${answer.length} bytes: ${head}`,
  );
}
