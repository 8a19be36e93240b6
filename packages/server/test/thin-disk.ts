import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAY_MOUNT, SmallDisk } from './small-disk.js';

/**
 * A disk that promises more than it has, as a volume of a cloud or of virtual machines may: a write is taken, and that it has no
 * place is seen when it is brought down, by `fsync` alone. What is behind it is a small disk, to be filled.
 */
export class ThinDisk {
  readonly path: string;
  readonly behind: SmallDisk;

  constructor(mib: number, promised_mib: number) {
    this.behind = new SmallDisk(mib);
    this.path = mkdtempSync(join(tmpdir(), 'recuento-thin-'));
    const image = join(this.behind.path, 'image');
    try {
      writeFileSync(image, '');
      truncateSync(image, promised_mib * 1024 ** 2);
      execFileSync('mkfs.ext4', ['-q', '-O', '^has_journal', '-E', 'nodiscard', image]);
      execFileSync('mount', ['-o', 'loop', image, this.path], { stdio: 'pipe' });
    } catch (error) {
      rmSync(this.path, { recursive: true, force: true });
      this.behind.remove();
      throw error;
    }
  }

  remove(): void {
    execFileSync('umount', ['--lazy', this.path]);
    rmSync(this.path, { recursive: true, force: true });
    this.behind.remove();
  }
}

function mayPromise(): boolean {
  try {
    new ThinDisk(4, 8).remove();
    return true;
  } catch {
    return false;
  }
}

/** Whether this process has loop devices, which containers mostly have not: also in CI it may not. */
export const MAY_PROMISE = MAY_MOUNT && mayPromise();
