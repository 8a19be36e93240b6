import type { DiskWatch } from './disk-watch.js';

/** The part of `DiskWatch` that the rest of the service uses. */
export type Disk = Pick<DiskWatch, 'fault' | 'writing' | 'assertRoom'>;

/** For a service that writes to no disk of its own machine: its servers watch theirs. */
export const NO_DISK: Disk = {
  fault: undefined,
  writing: (_bytes, work) => work(),
  assertRoom: () => undefined,
};
