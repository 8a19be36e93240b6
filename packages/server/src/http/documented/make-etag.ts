import { createHash } from 'node:crypto';
import type { Operation } from '../../accounts/operations.js';
import { VERSION } from '../version.js';

/**
 * The validator of a closed window's reply: it changes whenever attempts of the window, the customers that it tells of, or what
 * shapes the operation's replies change. The release of this program is among it: a later one may write them otherwise. (An
 * operation is read before the version, so that it has customers may be news to it.) Weak, because compression changes the bytes
 * and not what they say.
 *
 * @param version of what the report reads, as `DataVersions` tells it
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
