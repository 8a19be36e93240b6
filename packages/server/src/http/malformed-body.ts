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
