import { expect, test } from 'vitest';
import { errorsPage } from '../../test/errors-page.js';
import { LANGUAGES } from '../language.js';
import { CATALOGUE, ERROR_FAMILIES, ERROR_IDS, type ErrorId, isErrorId } from './catalogue.js';
import type { CatalogueEntry } from './entry.js';
import { RecuentoError } from './recuento-error.js';

const entries: readonly [string, CatalogueEntry][] = Object.entries(CATALOGUE);

test('each entry says what happened, why, and what to do', () => {
  for (const [id, { status, error, msg, cause, remedy }] of entries) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(error).toBe(error.toUpperCase());
    expect(msg.length).toBeGreaterThan(5);
    for (const { en, es } of [cause, remedy]) {
      for (const words of [en, es]) expect(words).toMatch(/^[A-ZÁÉÍÓÚÑ`].{8,}\.$/);
      expect(es).not.toBe(en);
    }
  }
});

test('both languages name the same code: what is in backticks needs no translation', () => {
  const codeIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code).sort();
  for (const [, { cause, remedy }] of entries) {
    expect(codeIn(remedy.es)).toEqual(codeIn(remedy.en));
    expect(codeIn(cause.es)).toEqual(codeIn(cause.en));
  }
});

test('an example fills every blank, and each form that an entry has is one form once', () => {
  for (const id of ERROR_IDS) {
    const { example, forms } = CATALOGUE[id];
    expect(new RecuentoError(id, example).message).not.toMatch(/[{}]/);
    expect(forms.length).toBeGreaterThan(0);
    expect(new Set(forms).size).toBe(forms.length);
  }
});

test('each entry is in one family, in the order of the catalogue', () => {
  expect(ERROR_FAMILIES.flatMap(({ ids }) => ids)).toEqual(ERROR_IDS);
  for (const { title } of ERROR_FAMILIES)
    for (const language of LANGUAGES) expect(title[language]).toMatch(/^[A-Z¿]/);
});

test('an id is one of the catalogue, and no property that every object has', () => {
  expect(ERROR_IDS.every(isErrorId)).toBe(true);
  for (const text of ['', 'nothing', 'toString', '__proto__', 'constructor'])
    expect(isErrorId(text)).toBe(false);
});

test('one status has one title', () => {
  const titles = new Map<number, string>();
  for (const [, { status, error }] of entries) {
    expect(titles.get(status) ?? error).toBe(error);
    titles.set(status, error);
  }
});

test('docs/errors.md has a section for each entry, and none besides', async () => {
  await expect(errorsPage('en')).toMatchFileSnapshot('../../../../docs/errors.md');
  await expect(errorsPage('es')).toMatchFileSnapshot('../../../../docs/errors.es.md');
});

test('blanks of a message are filled', () => {
  const error = new RecuentoError('window-too-long', { values: { limit_days: 31, asked: '40 DAYS' } });
  expect(error.message).toBe('YOU ASKED FOR 40 DAYS AND THE LIMIT IS 31 DAYS');
  expect(error.status).toBe(400);
  const id: ErrorId = error.id;
  expect(id).toBe('window-too-long');
});
