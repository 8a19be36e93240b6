import type { Agent } from 'node:http';
import { exchange } from '../exchange.js';
import { expected } from '../load.js';
import type { Peer } from '../peers/peer.js';
import type { Question } from '../peers/questions.js';
import { lineOf } from '../peers/statement.js';
import { bogota, reportUrl } from '../report-url.js';
import type { Candidate } from './candidates.js';
import type { WindowService } from './service.js';

/** `5 million`, as the names of figures have it. */
export function millions(attempts: number): string {
  return `${(attempts / 1_000_000).toLocaleString('en')} million`;
}

/** The service as callers have it. Time is until the reply's last byte is here. */
export class OverHttp implements Peer {
  readonly name: string;
  readonly #service: WindowService;
  readonly #agent: Agent;

  constructor(service: WindowService, agent: Agent) {
    this.name = `Recuento, over HTTP, ${millions(service.store.attempts)}`;
    this.#service = service;
    this.#agent = agent;
  }

  async rows(question: Question): Promise<readonly string[]> {
    const { url, token } = this.#asked(question);
    const reply = await fetch(url, { headers: { 'wolkvox-token': token } });
    if (!reply.ok) throw new Error(`the service replied ${reply.status}: ${await reply.text()}`);
    const { data }: { data: unknown[] } = JSON.parse(await reply.text());
    return data.map(lineOf);
  }

  async ask(question: Question): Promise<number> {
    return expected(await exchange(this.#agent, this.#asked(question)), 200).ms;
  }

  #asked({ campaign_id, from_s, until_s }: Question): { url: string; token: string } {
    const { url, token } = this.#service.ready;
    const window = { date_ini: bogota(from_s), date_end: bogota(until_s - 1) };
    return { url: reportUrl(url, { campaign_id: campaign_id ?? 'all', ...window }), token };
  }
}

/** One bare statement in the service's engine. Time is until the rows, as JSON, are in its process. */
export class BareStatement implements Peer {
  readonly name: string;
  readonly candidate: Candidate;
  readonly #service: WindowService;

  constructor(service: WindowService, candidate: Candidate) {
    this.name = `${candidate.name}, ${millions(service.store.attempts)}`;
    this.candidate = candidate;
    this.#service = service;
  }

  async rows(question: Question): Promise<readonly string[]> {
    const { text } = await this.#service.bare(this.candidate, question, true);
    const rows: unknown = JSON.parse(text);
    if (!Array.isArray(rows)) throw new Error('the engine wrote no array');
    return rows.map(lineOf);
  }

  async ask(question: Question): Promise<number> {
    return (await this.#service.bare(this.candidate, question, false)).ms;
  }
}

/** What of the bare statements was found to be the fastest for each title of a question. */
export class BestBare implements Peer {
  readonly name: string;
  readonly #best = new Map<string, BareStatement>();

  constructor({ store }: WindowService) {
    this.name = `the engine’s best bare statement, ${millions(store.attempts)}`;
  }

  choose({ title }: Question, statement: BareStatement): void {
    this.#best.set(title, statement);
  }

  chosen({ title }: Pick<Question, 'title'>): BareStatement {
    const statement = this.#best.get(title);
    if (!statement) throw new Error(`no statement was chosen for ${title}`);
    return statement;
  }

  rows(question: Question): Promise<readonly string[]> {
    return this.chosen(question).rows(question);
  }

  ask(question: Question): Promise<number> {
    return this.chosen(question).ask(question);
  }
}
