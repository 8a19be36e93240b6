import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { FixtureStore } from '../fixture-store.js';
import type { Question } from '../peers/questions.js';
import { answerOf } from '../watched.js';
import type { Candidate } from './candidates.js';
import { ORDERS } from './orders.js';
import type { Bare, Ready, Said } from './service-process.js';
import { windowStore } from './stores.js';

/** A service over one of the stores in a process of its own, which runs bare statements in its engine too. */
export class WindowService {
  readonly store: FixtureStore;
  readonly ready: Ready;
  readonly #child: ChildProcess;

  private constructor(store: FixtureStore, ready: Ready, child: ChildProcess) {
    this.store = store;
    this.ready = ready;
    this.#child = child;
  }

  static async start(small: number, attempts: number): Promise<WindowService> {
    const child = fork(new URL('./service-process.ts', import.meta.url), [String(small), String(attempts)]);
    return new WindowService(windowStore(small, attempts), await answerOf<Ready>(child), child);
  }

  /** One at a time. */
  async bare(candidate: Candidate, question: Question, keep: boolean): Promise<Said> {
    const { operation_id } = this.ready;
    const sql = candidate.sql(question, ORDERS[candidate.order], operation_id);
    this.#child.send({ sql, settings: candidate.settings, keep } satisfies Bare);
    return answerOf<Said>(this.#child);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.send('stop');
    await ended;
  }
}
