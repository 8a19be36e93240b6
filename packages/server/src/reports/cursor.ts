import { createHash } from 'node:crypto';
import { FIELD_LIMITS, RecuentoError, textFault } from '@recuento/contract';
import type { z } from 'zod';

/**
 * A cursor says where the next page starts, by a key of the report: the telephone itself, for example. So it stays right while
 * attempts arrive and across restarts. A short digest shows whether a cursor was mangled.
 */
const DIGEST_BYTES = 4;

export function writeCursor(key: string): string {
  return Buffer.concat([digest(key), Buffer.from(key)]).toString('base64url');
}

/**
 * The key at which to go on; `''`, of the empty cursor, comes before all keys.
 *
 * @throws RecuentoError bad-parameter
 */
export function parseCursor(cursor: string): string {
  if (cursor === '') return '';
  const bytes = Buffer.from(cursor, 'base64url');
  const key = bytes.subarray(DIGEST_BYTES).toString();
  const whole = textFault(key, FIELD_LIMITS.text_chars) === undefined;
  if (!whole || writeCursor(key) !== cursor) throw badCursor();
  return key;
}

/**
 * The place that a cursor says, where its key is JSON; undefined where the first page is asked for.
 *
 * @throws RecuentoError bad-parameter
 */
export function parsePlace<Place>(cursor: string | undefined, schema: z.ZodType<Place>): Place | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const { data } = schema.safeParse(jsonOf(parseCursor(cursor)));
  if (data === undefined) throw badCursor();
  return data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Also for a whole cursor that belongs to another report. */
export function badCursor(): RecuentoError {
  return new RecuentoError('bad-parameter', {
    values: { parameter: 'cursor', form: 'empty to start, then the next_cursor of the last reply' },
  });
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest().subarray(0, DIGEST_BYTES);
}
