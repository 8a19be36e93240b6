import { isAscii, isUtf8 } from 'node:buffer';
import { RecuentoError } from '@recuento/contract';

export function malformedBody(reason: string, cause?: unknown): RecuentoError {
  return new RecuentoError('malformed-body', { values: { reason }, cause });
}

/** @throws RecuentoError malformed-body */
export function parseJson(text: string, reason: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformedBody(reason, error);
  }
}

/** @throws RecuentoError malformed-body */
export function decodeUtf8(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1'); // the same text in less than half the time
  if (!isUtf8(bytes)) throw malformedBody('IT IS NOT UTF-8');
  return bytes.toString();
}
