import { randomBytes } from 'node:crypto';

/** Ids that sort by the time they were made at, as text in any collation: the time in hex, then 80 random bits. */
export function orderedId(now_ms: number): string {
  return now_ms.toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
}
