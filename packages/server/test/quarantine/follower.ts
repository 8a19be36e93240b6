import type {
  QuarantineChangeDocument,
  QuarantinedDocument,
  QuarantineEventDocument,
} from '@recuento/contract';
import { expect } from 'vitest';

/** How one asks the service: the reply of a path of `/v1/hygiene`, as JSON. */
export type Ask = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<Answer>;

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: replies of several calls, which their schemas check
  readonly json: any;
}

/** Asks over a real socket. */
export function asking(url: () => string, token: string): Ask {
  return async (method, path, body) => {
    const reply = await fetch(`${url()}/v1/hygiene${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: reply.status, json: await reply.json() };
  };
}

/** A dialer that follows the changes, and believes nothing else. */
export class Follower {
  readonly #ask: Ask;
  readonly #limit: number;
  #since = '';
  /** What is put aside, as it knows it: until when, or null. */
  readonly put_aside = new Map<string, string | null>();
  /** All that it was told. */
  readonly told: QuarantineChangeDocument[] = [];

  constructor(ask: Ask, limit = 1_000) {
    this.#ask = ask;
    this.#limit = limit;
  }

  /** Follows until there is nothing more. */
  async follow(): Promise<void> {
    for (;;) {
      const { status, json } = await this.#ask(
        'GET',
        `/changes?limit=${this.#limit}&since=${encodeURIComponent(this.#since)}`,
      );
      expect(status).toBe(200);
      const { changes, next }: { changes: QuarantineChangeDocument[]; next: string } = json;
      expect(changes.length).toBeLessThanOrEqual(this.#limit);
      if (changes.length === 0) {
        if (this.#since !== '') expect(next).toBe(this.#since);
        return;
      }
      expect(next).not.toBe(this.#since);
      this.#since = next;
      for (const change of changes) {
        this.told.push(change);
        if (change.action === 'quarantine') this.put_aside.set(change.telephone, change.until);
        else this.put_aside.delete(change.telephone);
      }
    }
  }
}

/** What is put aside, read page by page. */
export async function putAside(ask: Ask, query = '', limit = 1_000): Promise<QuarantinedDocument[]> {
  return pages<QuarantinedDocument>(ask, '/quarantine', 'quarantined', query, limit);
}

/** What happened, read page by page, the newest first. */
export async function history(ask: Ask, query = '', limit = 1_000): Promise<QuarantineEventDocument[]> {
  return pages<QuarantineEventDocument>(ask, '/history', 'history', query, limit);
}

async function pages<Row>(
  ask: Ask,
  path: string,
  name: string,
  query: string,
  limit: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { status, json }: Answer = await ask('GET', `${path}?limit=${limit}&cursor=${cursor}${query}`);
    expect(status).toBe(200);
    rows.push(...json[name]);
    cursor = json.next_cursor;
    if (cursor !== null) expect(json[name]).toHaveLength(limit);
  }
  return rows;
}

/** What a list says, as a follower keeps it. */
export const asKept = (rows: readonly QuarantinedDocument[]) =>
  new Map(rows.map(({ telephone, until }) => [telephone, until]));
