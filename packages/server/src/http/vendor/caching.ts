import { createHash } from 'node:crypto';
import type { Operation } from '../../accounts/operations.js';

/**
 * The validator of a closed window's reply: it changes whenever the operation's attempts and customers or what shapes
 * its replies change. (An operation is read before its data version, so that it has customers may be news to it.) Weak, because compression changes the bytes and not what they say.
 */
export function etagOf(operation: Operation, data_version: number, question: readonly unknown[]): string {
  const { id, time_zone, reply_profile, limits, has_customers } = operation;
  const subject = JSON.stringify([
    id,
    data_version,
    time_zone,
    reply_profile,
    limits,
    has_customers,
    question,
  ]);
  return `W/"${createHash('sha256').update(subject).digest('base64url').slice(0, 27)}"`;
}
