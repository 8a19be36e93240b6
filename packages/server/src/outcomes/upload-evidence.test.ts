import { MACHINE_CODES } from '@recuento/contract';
import { expect, test } from 'vitest';
import { evidenceOfUpload } from './upload-evidence.js';

test.each([
  [{ code: 'failed', sip: 404, cause: undefined }, 'number_invalid'],
  [{ code: 'failed', sip: undefined, cause: 1 }, 'number_invalid'],
  [{ code: 'failed', sip: undefined, cause: 3 }, 'number_doubtful'],
  [{ code: 'failed', sip: 503, cause: 1 }, 'trunk_at_fault'], // the response, and not what a switch made of it
  [{ code: 'failed', sip: undefined, cause: 0 }, 'none'], // 0 is "not told"
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
