import type { Numbering } from '@recuento/contract';
import fc from 'fast-check';
import { getCountries, getExampleNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/examples.mobile.json';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeEngines } from '../../../test/servers/engines.js';
import type { Engine } from '../../attempts/engine/engine.js';
import { lineSql } from './line-sql.js';
import { lineOf, numberPlanOf } from './number-plan.js';

const numbering: fc.Arbitrary<Numbering> = fc.record({
  country: fc.constantFrom(...getCountries()),
  dial_prefixes: fc.uniqueArray(fc.constantFrom('9', '0', '00', '#31#', '*67', '011', '1'), { maxLength: 4 }),
});
/** What may be put before, in or after a number of the country. */
const noise = fc.oneof(
  { weight: 9, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.constantFrom('+', '0', '9', '00', '1', '57', ' ', '\\', "'", 'ñ', '😀') },
);

describeEngines(({ open }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());

  /** Of each telephone its line, and all spellings of that line. */
  async function read(written: Numbering, telephones: readonly string[]): Promise<unknown[]> {
    const { line, eachSpelling, params } = lineSql(numberPlanOf(written));
    const bytes = await engine.read({
      sql: `SELECT telephone, any(own_line), groupArray(spelling) FROM (
          SELECT telephone, own_line, ${eachSpelling('own_line')} AS spelling FROM (
            SELECT telephone, ${line} AS own_line FROM (SELECT arrayJoin({telephones:Array(String)}) AS telephone)))
        GROUP BY telephone FORMAT JSONCompactEachRow`,
      params: { ...params, telephones },
      fair_key: 'test',
      max_ms: 60_000,
    });
    const lines = bytes.toString().split('\n').filter(Boolean);
    return lines.map((row) => JSON.parse(row));
  }

  test('the engine finds the line that a plain program finds, and the telephone among its spellings', async () => {
    let merged = 0;
    await fc.assert(
      fc.asyncProperty(
        numbering,
        fc.array(fc.tuple(noise, noise, fc.nat(40), noise, noise), { minLength: 40, maxLength: 60 }),
        async (written, drawn) => {
          const plan = numberPlanOf(written);
          const national = getExampleNumber(written.country as 'CO', examples)?.nationalNumber ?? '';
          const telephones = [
            ...new Set(
              drawn.map(([first, second, place, third, last]) => {
                const beginning = plan?.beginnings[place] ?? '';
                return `${first}${second}${beginning}${national}${third}${last}`;
              }),
            ),
          ];
          const rows = new Map(
            (await read(written, telephones)).map((row) => {
              const [telephone, line, spellings] = row as [string, string, string[]];
              return [telephone, { line, spellings }];
            }),
          );
          for (const telephone of telephones) {
            const row = rows.get(telephone);
            expect([telephone, row?.line]).toEqual([telephone, lineOf(plan)(telephone)]);
            expect(row?.spellings).toContain(telephone);
            if (row?.line !== telephone) merged += 1;
          }
        },
      ),
      { numRuns: 40 },
    );
    expect(merged).toBeGreaterThan(200);
  });
});
