import { createHash } from 'node:crypto';
import type { Operation } from '../../accounts/operations.js';

/**
 * The validator of a closed window's reply: it changes whenever the operation's attempts or what shapes its replies
 * change. Weak, because compression changes the bytes and not what they say.
 */
export function etagOf(operation: Operation, data_version: number, question: readonly unknown[]): string {
  const { id, time_zone, reply_profile, limits } = operation;
  const subject = JSON.stringify([id, data_version, time_zone, reply_profile, limits, question]);
  return `W/"${createHash('sha256').update(subject).digest('base64url').slice(0, 27)}"`;
}

/** Whether `If-None-Match` holds the validator (RFC 9110, section 13.1.2: weak comparison). */
export function matchesEtag(if_none_match: string | undefined, etag: string): boolean {
  if (if_none_match === undefined) return false;
  if (if_none_match.trim() === '*') return true;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return if_none_match.split(',').some((tag) => opaque(tag) === opaque(etag));
}
