import { CATALOGUE, type ErrorId } from '@recuento/contract';
import { expect } from 'vitest';

/** What every refusal must look like, whoever caused it. */
export interface Refusal {
  readonly status: number;
  readonly body: string;
  readonly request_id: unknown;
  /** The header Link. */
  readonly link: unknown;
}

/**
 * Which entry of the catalogue a refusal is: a problem document by its id, the documented API's envelope by its
 * wording. Fails when it is none, has no request id or no link to its page, is in a form that the page does not show, or
 * tells what is nobody's business.
 */
export function entryOf(refusal: Refusal, secrets: readonly string[] = []): ErrorId {
  const { body, request_id, link } = refusal;
  expect(request_id).toMatch(/^[0-9a-f-]{36}$/);
  // No stack, no file, no SQL, no engine, no token.
  expect(body).not.toMatch(/\n\s+at |node:internal|node_modules|\.[jt]s:\d|\/(tmp|home|root|usr|packages)\//);
  expect(body).not.toMatch(/DB::|SELECT |FROM (?:told|held_by_)|INSERT INTO |Code: \d|SQLITE/);
  for (const secret of secrets) expect(body).not.toContain(secret);
  const json = JSON.parse(body) as Record<string, unknown>;
  const id = 'id' in json ? entryOfProblem(json, refusal) : entryOfEnvelope(json, refusal);
  expect(link).toBe(`</docs/errors/${id}>; rel="help"`);
  expect(CATALOGUE[id].forms, `forms of ${id}`).toContain('id' in json ? 'problem' : 'envelope');
  return id;
}

function entryOfProblem(json: Record<string, unknown>, { status, request_id }: Refusal): ErrorId {
  const { id, title, detail, type, faults, ...rest } = json;
  const entry = Object.hasOwn(CATALOGUE, String(id)) ? CATALOGUE[id as ErrorId] : undefined;
  expect(entry, `${id} is in the catalogue`).toBeDefined();
  expect({ status, title }).toEqual({ status: entry?.status, title: entry?.error });
  expect(detail).toMatch(wording(id as ErrorId));
  expect(type).toBe(`/docs/errors/${id}`);
  expect(rest).toEqual({ status, request_id });
  if (id !== 'invalid-records') expect(faults).toBeUndefined();
  return id as ErrorId;
}

function entryOfEnvelope(json: Record<string, unknown>, { status, body }: Refusal): ErrorId {
  expect(Object.keys(json)).toEqual(['code', 'error', 'msg', 'data']);
  expect(Number(json.code)).toBe(status);
  const id = IDS.find(
    (known) =>
      CATALOGUE[known].status === status &&
      CATALOGUE[known].error === json.error &&
      wording(known).test(String(json.msg)),
  );
  expect(id, `${body} is in the catalogue`).toBeDefined();
  if (id === 'invalid-records') expectFaultRows(json.data);
  else expect(json.data).toEqual([]);
  return id as ErrorId;
}

/** What is wrong with an upload of the documented API: at least one row and a bounded number, every value a string. */
function expectFaultRows(data: unknown): void {
  const rows = data as Record<string, unknown>[];
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.length).toBeLessThanOrEqual(100);
  for (const row of rows) {
    expect(row).toEqual({
      index: expect.stringMatching(/^\d+$/),
      field: expect.any(String),
      reason: expect.any(String),
    });
  }
}

const IDS = Object.keys(CATALOGUE) as ErrorId[];

/** An entry's message with its blanks filled by anything, but filled. */
function wording(id: ErrorId): RegExp {
  const literal = CATALOGUE[id].msg
    .split(/\{\w+\}/)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${literal.join('(?!\\{\\w+\\})[^]+')}$`);
}
