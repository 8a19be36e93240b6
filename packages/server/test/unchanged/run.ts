import { expect } from 'vitest';
import type { Node } from '../second-node.js';
import type { Caller, Reply } from './caller.js';
import type { Holding } from './holding.js';
import type { Kept } from './kept.js';
import { OF_NOW, QUESTIONS } from './questions.js';
import type { Step } from './steps.js';

/** What all runs share. */
export interface Means {
  readonly nodes: readonly [Node, Node];
  readonly holding: Holding;
  readonly kept: Kept;
  /** Of each question, the ETag that another operation was given. */
  readonly etags_of_stranger: readonly string[];
}

/** One operation, from change to change, and all that it was ever told. */
export class Run {
  /** Of the replies that were looked at, those that were "unchanged". */
  unchanged = 0;
  readonly #means: Means;
  readonly #caller: Caller;
  /** Calls that the day holds. */
  readonly #limit: number;
  /** Of each question what came under which ETag. */
  readonly #seen = QUESTIONS.map(() => new Map<string, string>());
  #turn = 0;

  constructor(means: Means, caller: Caller, limit: number) {
    this.#means = means;
    this.#caller = caller;
    this.#limit = limit;
  }

  async take({ change, node: which, hold }: Step): Promise<void> {
    const { nodes, kept, holding } = this.#means;
    const node = nodes[which] ?? nodes[0];
    const take = () => this.#caller.take(change, node);
    if (hold === undefined) await take();
    else await kept.without(() => holding.during(hold, this.#asks(), take));
    await this.look(node);
  }

  /** What both nodes tell is what the report is now. */
  async look(node: Node): Promise<void> {
    const told = [await this.#askAll(0), await this.#askAll(1)];
    const anew = QUESTIONS.map((question) => () => this.#caller.ask(node, question));
    const made_anew = await this.#means.kept.without(() => Promise.all(anew.map((ask) => ask())));
    const bodies = made_anew.map(({ body }) => body);
    for (const replies of told) {
      expect(replies.map((reply, at) => this.#bodyOf(reply, at))).toEqual(bodies);
      for (const [at, reply] of replies.entries()) this.#note(at, reply);
    }
    for (const [at, reply] of made_anew.entries()) this.#note(at, reply);
    await this.#lookAtNow(node);
    this.#turn += 1;
  }

  /** Everything is asked, at one node or the other. */
  #asks(): (() => Promise<void>)[] {
    const { nodes } = this.#means;
    return QUESTIONS.map((question, at) => async () => {
      const node = nodes[(at + this.#turn) % nodes.length] ?? nodes[0];
      this.#note(at, await this.#caller.ask(node, question));
    });
  }

  /** With the ETags of all earlier replies, or without: at the other node, and the next time, the other way round. */
  #askAll(which: 0 | 1): Promise<Reply[]> {
    const node = this.#means.nodes[which];
    const replies = QUESTIONS.map((question, at) => {
      const etags = [...(this.#seen[at]?.keys() ?? []), this.#means.etags_of_stranger[at] ?? ''];
      return this.#caller.ask(node, question, (this.#turn + which + at) % 2 === 0 ? etags : []);
    });
    return Promise.all(replies);
  }

  #bodyOf({ status, etag = '', body }: Reply, at: number): string | undefined {
    if (status !== 304) return body;
    this.unchanged += 1;
    return this.#seen[at]?.get(etag);
  }

  #note(at: number, { etag, body, status }: Reply): void {
    if (etag === undefined || status !== 200) return;
    expect(body).toBe(this.#seen[at]?.get(etag) ?? body);
    this.#seen[at]?.set(etag, body);
  }

  /** What has no ETag is of now, and every call was counted, whatever it was answered. */
  async #lookAtNow(node: Node): Promise<void> {
    const now = await this.#caller.ask(node, OF_NOW, ['*']);
    expect([now.etag, now.left]).toEqual([undefined, this.#limit - this.#caller.calls(node)]);
    if (now.status !== 200) return; // too many rows
    for (const name of this.#caller.names) expect(now.body).toContain(`"${name}"`);
  }
}
