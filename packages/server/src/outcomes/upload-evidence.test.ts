import { MACHINE_CODES } from '@recuento/contract';
import { expect, test } from 'vitest';
import { describeEngines } from '../../test/servers/engines.js';
import { EVIDENCE_NUMBERS } from '../attempts/row-layout.js';
import { evidenceOfUpload, evidenceSql } from './upload-evidence.js';

test.each([
  [{ code: 'failed', sip: 404, cause: undefined }, 'number_invalid'],
  [{ code: 'failed', sip: undefined, cause: 1 }, 'number_invalid'],
  [{ code: 'failed', sip: undefined, cause: 3 }, 'number_doubtful'],
  [{ code: 'failed', sip: 503, cause: 1 }, 'trunk_at_fault'], // the response, and not what a switch made of it
  [{ code: 'failed', sip: undefined, cause: 0 }, 'none'], // 0 means "not given"
  [{ code: 'failed', sip: undefined, cause: undefined }, 'none'],
  [{ code: 'no_answer', sip: 480, cause: undefined }, 'none'],
  [{ code: 'busy', sip: 404, cause: undefined }, 'line_lives'],
  [{ code: 'answer', sip: 404, cause: undefined }, 'line_lives'],
  [{ code: 'congestion', sip: undefined, cause: undefined }, 'trunk_at_fault'],
  [{ code: 'failed', sip: 299, cause: 28 }, 'number_invalid'], // no table has 299
] as const)('%o says %s', (told, evidence) => expect(evidenceOfUpload(told)).toBe(evidence));

test('every code has its evidence', () => {
  for (const code of MACHINE_CODES) {
    expect(evidenceOfUpload({ code, sip: undefined, cause: undefined })).toMatch(/^[a-z_]+$/);
  }
});

describeEngines(({ open }) => {
  test('the engine says the same of every code with every response, every cause, and some of both', async () => {
    const upTo = (last: number) => [undefined, ...Array.from({ length: last + 1 }, (_, number) => number)];
    const some = [undefined, 0, 1, 16, 17, 28, 127, 128, 200, 404, 480, 503];
    const ends = MACHINE_CODES.flatMap((code) => [
      ...upTo(999).flatMap((sip) => some.slice(0, 9).map((cause) => ({ code, sip, cause }))),
      ...upTo(255).flatMap((cause) => some.map((sip) => ({ code, sip, cause }))),
    ]);
    const engine = await open();
    try {
      await engine.command(
        'CREATE TABLE ends (n UInt32, result String, sip Nullable(UInt16), cause Nullable(UInt8)) ENGINE = Memory',
      );
      const lines = ends.map(
        ({ code, sip = '\\N', cause = '\\N' }, n) => `${n}\t${code}\t${sip}\t${cause}\n`,
      );
      const columns = ['n', 'result', 'sip', 'cause'];
      await engine.insert({ table: 'ends', columns, rows: Buffer.from(lines.join('')), fair_key: 'test' });
      const sql = `SELECT ${evidenceSql()} FROM ends ORDER BY n FORMAT TSV`;
      const said = (await engine.read({ sql, fair_key: 'test', max_ms: 60_000 }))
        .toString()
        .split('\n')
        .slice(0, -1);
      const ours = ends.map(evidenceOfUpload).map((evidence) => (evidence === 'none' ? '' : evidence));
      expect(said).toEqual(ours);
      expect(new Set(ours).size).toBe(Object.keys(EVIDENCE_NUMBERS).length);
    } finally {
      await engine.close();
    }
  });
});
