/** The table that attempts are inserted into. */
export const ATTEMPTS_TABLE = 'told';
/** How it is partitioned. */
export const ATTEMPTS_PARTITION = 'toYYYYMM(dialed_at)';

/** The key under which an operation's work in the engine takes its turns. */
export function ownerOf(operation_id: number): string {
  return `operation ${operation_id}`;
}
