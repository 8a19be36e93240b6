import type { Accounts } from '../accounts/accounts.js';
import type { Change } from '../accounts/data-versions.js';

/**
 * Runs a write of an operation, and raises the versions of what it changes when it is done. Also after a failure, when it had
 * begun: part of it may be visible. What was refused before changes nothing, and no ETag need be given up for it.
 */
export async function raising(
  versions: Pick<Accounts['dataVersions'], 'raise'>,
  operation_id: number,
  change: Change,
  write: (onBegin: () => void) => Promise<void>,
): Promise<void> {
  let has_begun = false;
  try {
    await write(() => {
      has_begun = true;
    });
  } catch (error) {
    // A version that cannot rise is owed, and the first failure is the one to be told.
    if (has_begun) await versions.raise(operation_id, change).catch(() => undefined);
    throw error;
  }
  await versions.raise(operation_id, change);
}
