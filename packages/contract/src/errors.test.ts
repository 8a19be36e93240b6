import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CATALOGUE, type ErrorId, RecuentoError } from './errors.js';

const entries = Object.entries(CATALOGUE);

test('each entry says what happened, why, and what to do', () => {
  for (const [id, { status, error, msg, cause, remedy }] of entries) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(error).toBe(error.toUpperCase());
    for (const words of [msg, cause, remedy]) expect(words.length).toBeGreaterThan(5);
  }
});

test('one status has one title', () => {
  const titles = new Map<number, string>();
  for (const [, { status, error }] of entries) {
    expect(titles.get(status) ?? error).toBe(error);
    titles.set(status, error);
  }
});

test('docs/errors.md has a section for each entry, and none besides', () => {
  const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
  const sections = [...page.matchAll(/^## `([a-z-]+)` \((\d+)\)$/gm)].map(([, id, status]) => [
    id,
    Number(status),
  ]);
  expect(sections).toEqual(entries.map(([id, { status }]) => [id, status]));
  for (const [, { cause, remedy }] of entries) {
    expect(page).toContain(cause);
    expect(page).toContain(remedy);
  }
});

test('blanks of a message are filled', () => {
  const error = new RecuentoError('window-too-long', { values: { limit_days: 31, asked: '40' } });
  expect(error.message).toBe('THE LIMIT IS 31 DAYS AND 40 WERE ASKED');
  expect(error.status).toBe(400);
  const id: ErrorId = error.id;
  expect(id).toBe('window-too-long');
});
