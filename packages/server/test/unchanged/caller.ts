import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportDocument } from '@recuento/contract';
import { expect } from 'vitest';
import { attempt, type SentAttempt, type TestOperation } from '../harness.js';
import type { Node } from '../second-node.js';
import type { Change } from './steps.js';

export interface Reply {
  readonly status: number;
  readonly etag: string | undefined;
  readonly body: string;
  /** Calls that the day still holds. */
  readonly left: number;
}

/** Hours of one upload, which are too many to be told one by one, from before all windows to behind them. */
const MANY_HOURS = { from: '2026-09-25T00:00:00Z', count: 900 };

/** An operation's programs: what they send, ask and change, at whichever node. It counts their calls as a plain model does. */
export class Caller {
  readonly #operation: TestOperation;
  readonly #imports: string[] = [];
  readonly #calls = new Map<string, number>();
  readonly #clocks = new Map<Node, number>();
  readonly #names = new Map<number, string>();
  #time_zone = 'America/Bogota';

  constructor(operation: TestOperation) {
    this.#operation = operation;
  }

  async ask(node: Node, question: string, etags: readonly string[] = []): Promise<Reply> {
    this.#count(node);
    const { statusCode, headers, body } = await node.inject({
      url: `/api/v2/${question}`,
      headers: {
        'wolkvox-token': this.#operation.token,
        ...(etags.length > 0 && { 'if-none-match': etags.filter(Boolean).join(', ') }),
      },
    });
    const left = Number(/r=(\d+)/.exec(String(headers.ratelimit))?.[1]);
    return { status: statusCode, etag: headers.etag, body, left };
  }

  /** Calls that the node's day has had. */
  calls(node: Node): number {
    return this.#calls.get(this.#day(node)) ?? 0;
  }

  /** Those that campaigns were given, as they are told. */
  get names(): string[] {
    return [...this.#names].map(([campaign_id, name]) => `${campaign_id} - ${name}`);
  }

  async take(change: Change, node: Node): Promise<void> {
    switch (change.kind) {
      case 'upload':
        return this.upload(node, sent(change));
      case 'many hours':
        return this.upload(node, manyHours(change.campaign));
      case 'import':
        this.#imports.push(await this.#import(node, change));
        return;
      case 'undo':
        if (this.#imports.length > 0) await this.#undo(node, change.which % this.#imports.length);
        return;
      case 'customers':
        return this.#post(node, `add_record&campaign_id=${change.campaign}`, change);
      case 'new campaign':
        return this.#post(node, 'create_campaign', { campaign_name: 'new' });
      case 'name':
        this.#names.set(change.campaign, change.name);
        return this.#v1(node, 'PUT', `/campaigns/${change.campaign}`, { name: change.name });
      case 'settings':
        await this.#operation.change(change.patch);
        this.#time_zone = String(change.patch.time_zone ?? this.#time_zone);
        return;
      case 'clock':
        this.#clocks.set(node, change.at_ms);
        node.setClock(change.at_ms);
    }
  }

  upload(node: Node, attempts: readonly SentAttempt[]): Promise<void> {
    return this.#v1(node, 'POST', '/attempts', attempts);
  }

  #day(node: Node): string {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: this.#time_zone });
    return format.format(this.#clocks.get(node) ?? Date.now());
  }

  #count(node: Node): void {
    this.#calls.set(this.#day(node), this.calls(node) + 1);
  }

  async #post(node: Node, query: string, entry: object): Promise<void> {
    this.#count(node);
    const reply = await fetch(`${node.url}/api/v2/campaign.php?api=${query}`, {
      method: 'POST',
      headers: { 'wolkvox-token': this.#operation.token },
      body: JSON.stringify([entry]),
    });
    expect([reply.status, await reply.text()]).toEqual([201, expect.anything()]);
  }

  async #v1(node: Node, method: string, path: string, body: unknown): Promise<void> {
    const reply = await fetch(`${node.url}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#operation.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await reply.text();
    if (reply.status > 201) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
  }

  /** The id of the import. */
  async #import(node: Node, change: Extract<Change, { kind: 'import' }>): Promise<string> {
    const lines = sent(change).map((each) =>
      [each.telephone, each.dialed_at, each.result, each.attempt_id].join(','),
    );
    const query = new URLSearchParams({
      format: 'csv',
      campaign_id: String(change.campaign),
      map: 'telephone=telephone,dialed_at=dialed_at,result=result,attempt_id=attempt_id',
      ...(change.replace && { replace: 'yes' }),
    });
    const reply = await fetch(`${node.url}/v1/imports?${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#operation.token}` },
      body: `telephone,dialed_at,result,attempt_id\n${lines.join('\n')}\n`,
    });
    expect(reply.status).toBe(202);
    return ((await reply.json()) as ImportDocument).id;
  }

  async #undo(node: Node, at: number): Promise<void> {
    const url = `${node.url}/v1/imports/${this.#imports[at]}`;
    const headers = { authorization: `Bearer ${this.#operation.token}` };
    await fetch(url, { method: 'DELETE', headers });
    for (;;) {
      const job = (await (await fetch(url, { headers })).json()) as ImportDocument;
      if (job.state === 'undone') return;
      await sleep(10);
    }
  }
}

function sent({ campaign, attempts }: Extract<Change, { kind: 'upload' | 'import' }>): SentAttempt[] {
  return attempts.map((fields) => attempt({ ...fields, campaign_id: campaign }));
}

function manyHours(campaign_id: number): SentAttempt[] {
  const from_ms = Date.parse(MANY_HOURS.from);
  return Array.from({ length: MANY_HOURS.count }, (_, hour) =>
    attempt({
      attempt_id: 'many',
      campaign_id,
      telephone: '573003',
      dialed_at: new Date(from_ms + hour * 3_600_000).toISOString(),
      result: 'busy',
      amd: 'machine',
    }),
  );
}
