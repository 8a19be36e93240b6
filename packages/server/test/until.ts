import { setTimeout as sleep } from 'node:timers/promises';

/** Between two looks for what is waited for. */
const LOOK_EVERY_MS = 20;

/** Resolves when it is so; a test that waits too long ends by its own time. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(LOOK_EVERY_MS);
}
