import { expect } from 'vitest';
import type { TestOperation } from '../harness.js';

export type Row = Readonly<Record<string, unknown>>;

export interface VerdictsPage {
  readonly as_of: string;
  readonly verdicts: readonly Row[];
  readonly next_cursor: string | null;
}

/** A call of `/v1/hygiene`, in memory. */
export async function ask(
  operation: TestOperation,
  path: string,
  query: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
) {
  return operation.test.service.inject({
    url: `/v1/hygiene/${path}?${new URLSearchParams(query)}`,
    headers: { 'wolkvox-token': operation.token, ...headers },
  });
}

/** The document of a call that is answered. */
export async function told<Told>(
  operation: TestOperation,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<Told> {
  const reply = await ask(operation, path, query);
  expect([reply.statusCode, reply.body.slice(0, 300)]).toEqual([200, expect.any(String)]);
  return JSON.parse(reply.body);
}

/** The status of a call that is refused, and the id of its error. */
export async function refusal(
  operation: TestOperation,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { statusCode, body } = await ask(operation, path, query);
  if (statusCode === 200) return '200';
  const { type } = JSON.parse(body);
  return `${statusCode} ${String(type).split('/').at(-1)}`;
}

/** The rows of all pages. */
export async function walk(
  operation: TestOperation,
  query: Readonly<Record<string, string>>,
  limit: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const asked = { ...query, limit: String(limit), ...(cursor !== '' && { cursor }) };
    const page: VerdictsPage = await told(operation, 'verdicts', asked);
    if (page.next_cursor !== null) expect(page.verdicts).toHaveLength(limit);
    else expect(page.verdicts.length).toBeLessThanOrEqual(limit);
    rows.push(...page.verdicts);
    cursor = page.next_cursor;
  }
  return rows;
}

/** The rows of the file. */
export async function fileRows(
  operation: TestOperation,
  query: Readonly<Record<string, string>>,
): Promise<Row[]> {
  const reply = await ask(operation, 'verdicts', { ...query, format: 'ndjson' });
  expect(reply.statusCode).toBe(200);
  const lines = reply.body.split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}
