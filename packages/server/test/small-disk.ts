import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small file system of its own, to be filled. */
export class SmallDisk {
  readonly path: string;

  constructor(mib: number) {
    this.path = mkdtempSync(join(tmpdir(), 'recuento-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mib}m`, 'tmpfs', this.path]);
  }

  async freeMib(): Promise<number> {
    const { bavail, bsize } = await statfs(this.path);
    return (bavail * bsize) / 1024 ** 2;
  }

  /** Takes what is free, but for so many MiB. */
  async fill(left_mib: number): Promise<void> {
    await this.empty();
    const file = await open(join(this.path, 'fill'), 'a');
    try {
      const bytes = Math.floor(((await this.freeMib()) - left_mib) * 1024 ** 2);
      await file.write(Buffer.alloc(bytes, 1));
    } finally {
      await file.close();
    }
  }

  async empty(): Promise<void> {
    await rm(join(this.path, 'fill'), { force: true });
  }

  makeReadOnly(): void {
    execFileSync('mount', ['-o', 'remount,ro', this.path]);
  }

  remove(): void {
    execFileSync('umount', ['--lazy', this.path]);
    rmSync(this.path, { recursive: true, force: true });
  }
}

function mayMount(): boolean {
  try {
    new SmallDisk(1).remove();
    return true;
  } catch (error) {
    if (process.env.CI) throw error;
    return false;
  }
}

/** Whether this process may mount. In CI it must: a test of a full disk that is passed over shows nothing. */
export const MAY_MOUNT = mayMount();
