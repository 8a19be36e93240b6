import { createHash } from 'node:crypto';
import type { Operation } from '../accounts/operations.js';
import { VERSION } from './version.js';

/**
 * The validator of a reply about a window. It changes with the attempts of the window, with the customers in it, and
 * with whatever shapes the operation's replies. The release of this program is part of it: a later one may write the same
 * report otherwise. `has_customers` is part of it too: the operation is read before the version, so the flag may be older
 * than the version. The validator is weak, because compression changes the bytes but not what they say.
 *
 * @param version of the data that the report reads, from `DataVersions`
 */
export function etagOf(operation: Operation, version: string, question: readonly unknown[]): string {
  const { id, time_zone, reply_profile, limits, has_customers } = operation;
  const subject = JSON.stringify([
    VERSION,
    id,
    version,
    time_zone,
    reply_profile,
    limits,
    has_customers,
    question,
  ]);
  return `W/"${createHash('sha256').update(subject).digest('base64url').slice(0, 27)}"`;
}
