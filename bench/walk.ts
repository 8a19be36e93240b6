import type { Agent } from 'node:http';
import { exchange, nextCursor } from './exchange.js';
import { expected } from './load.js';
import { type Asked, reportUrl } from './report-url.js';

/** What is asked with which token, and over which connection. */
export interface Walker {
  readonly base: string;
  readonly token: string;
  readonly agent: Agent;
}

/** Follows the cursors to the end: the cursors of the full pages, in order. */
export async function fullPages({ base, token, agent }: Walker, asked: Asked): Promise<string[]> {
  const full: string[] = [];
  for (let cursor = ''; ; ) {
    const reply = expected(await exchange(agent, { url: reportUrl(base, asked, cursor), token }), 200);
    const next = nextCursor(reply);
    if (next === null) return full; // the last page may have any number of rows
    full.push(cursor);
    cursor = next;
  }
}
