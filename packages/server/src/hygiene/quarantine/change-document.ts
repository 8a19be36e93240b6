import type { QuarantineChangeDocument } from '@recuento/contract';
import type { Change } from './changes.js';

/** A change as callers and webhooks see it. */
export function changeDocument({ telephone, action, at_s, until_s }: Change): QuarantineChangeDocument {
  return { telephone, action, at: instantOf(at_s), until: until_s === null ? null : instantOf(until_s) };
}

/** Seconds since 1970 as an instant of a document. */
export const instantOf = (seconds: number): string => new Date(seconds * 1_000).toISOString();
