import type { DiskWatch } from './disk-watch.js';

/** What the rest of the service asks of the disk that it writes to. */
export type Disk = Pick<DiskWatch, 'fault' | 'writing' | 'assertRoom'>;

/** For a service that writes to no disk of its own machine: its servers watch theirs. */
export const NO_DISK: Disk = {
  fault: undefined,
  writing: (_bytes, work) => work(),
  assertRoom: () => undefined,
};
