import { createHash } from 'node:crypto';
import { FIELD_LIMITS, RecuentoError, textFault } from '@recuento/contract';

/**
 * A cursor says after which telephone the next page starts. It holds the telephone itself, so it stays right while
 * attempts arrive and across restarts; a short digest tells a mangled one from a good one.
 */
const DIGEST_BYTES = 4;

export function writeCursor(telephone: string): string {
  return Buffer.concat([digest(telephone), Buffer.from(telephone)]).toString('base64url');
}

/**
 * The telephone after which to go on; `''`, the empty cursor, comes before every telephone.
 *
 * @throws RecuentoError bad-parameter
 */
export function parseCursor(cursor: string): string {
  if (cursor === '') return '';
  const bytes = Buffer.from(cursor, 'base64url');
  const telephone = bytes.subarray(DIGEST_BYTES).toString();
  const whole = textFault(telephone, FIELD_LIMITS.telephone_chars) === undefined;
  if (!whole || writeCursor(telephone) !== cursor) {
    throw new RecuentoError('bad-parameter', {
      values: { parameter: 'cursor', form: 'empty to start, then the next_cursor of the last reply' },
    });
  }
  return telephone;
}

function digest(telephone: string): Buffer {
  return createHash('sha256').update(telephone).digest().subarray(0, DIGEST_BYTES);
}
