import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DiskFull } from './disk-full.js';
import { DiskWatch } from './disk-watch.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-watch-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const RESERVE = 1_000;

async function watch(free: { bytes: number }) {
  const faults: unknown[] = [];
  const disk = await DiskWatch.open(directory, {
    reserve_bytes: RESERVE,
    report: (fault) => faults.push(fault),
    free_bytes: async () => free.bytes,
  });
  return { disk, faults };
}

test('the reserve is kept to the byte: rows count five times, and so do the writes under way', async () => {
  const { disk } = await watch({ bytes: RESERVE + 500 });
  await expect(disk.writing(100, async () => 'written')).resolves.toBe('written');
  await disk.look();
  await expect(disk.writing(101, async () => 'written')).rejects.toBeInstanceOf(DiskFull);
  let end: (() => void) | undefined;
  const under_way = new Promise<void>((resolve) => {
    end = resolve;
  });
  const first = disk.writing(60, () => under_way);
  await expect(disk.writing(41, async () => 'written')).rejects.toBeInstanceOf(DiskFull);
  await expect(disk.writing(40, async () => 'written')).resolves.toBe('written');
  end?.();
  await first;
  await disk.look();
  await expect(
    disk.writing(100, async () => {
      throw new Error('failed');
    }),
  ).rejects.toThrow('failed');
  await disk.look();
  await expect(disk.writing(100, async () => 'written')).resolves.toBe('written');
  await disk.close();
});

test('the bytes of a write count until a look that began after it has ended', async () => {
  const free = { bytes: RESERVE + 500 };
  let answer: (() => void) | undefined;
  let is_slow = false;
  const disk = await DiskWatch.open(directory, {
    reserve_bytes: RESERVE,
    report: () => undefined,
    free_bytes: async () => {
      const { bytes } = free;
      if (is_slow) await new Promise<void>((resolve) => (answer = resolve));
      return bytes;
    },
  });
  is_slow = true;
  const look = disk.look();
  await disk.writing(60, async () => 'written');
  free.bytes -= 300;
  await expect(disk.writing(41, async () => 'written')).rejects.toBeInstanceOf(DiskFull);
  answer?.();
  await look; // it asked before the write ended
  await expect(disk.writing(41, async () => 'written')).rejects.toBeInstanceOf(DiskFull);
  is_slow = false;
  await disk.look();
  await expect(disk.writing(40, async () => 'written')).resolves.toBe('written');
  await disk.close();
});

test('at every moment of a look, the fault is reported exactly while writes are refused', async () => {
  const free = { bytes: RESERVE };
  const { disk } = await watch(free);
  free.bytes -= 1;
  let is_over = false;
  const look = disk.look().finally(() => {
    is_over = true;
  });
  while (!is_over) {
    await new Promise((resolve) => setImmediate(resolve));
    expect(disk.fault).toBe(isRefused(disk) ? 'disk-full' : undefined);
  }
  await look;
  expect(isRefused(disk)).toBe(true);
  await disk.close();
});

function isRefused(disk: DiskWatch): boolean {
  try {
    disk.assertRoom();
    return false;
  } catch {
    return true;
  }
}

test('a disk that hangs holds up neither a start nor a stop', async () => {
  let hangs = true;
  const options = {
    reserve_bytes: RESERVE,
    report: () => undefined,
    free_bytes: () => (hangs ? new Promise<number>(() => undefined) : Promise.resolve(RESERVE)),
    look_max_ms: 20,
  };
  await expect(DiskWatch.open(directory, options)).rejects.toThrow('does not answer');
  hangs = false;
  const disk = await DiskWatch.open(directory, { ...options, look_max_ms: 500 });
  hangs = true;
  disk.look().catch(() => undefined);
  await disk.close();
});

test('one byte below the reserve is a fault, which is reported once and ends by itself', async () => {
  const free = { bytes: RESERVE };
  const { disk, faults } = await watch(free);
  expect(disk.fault).toBeUndefined();
  disk.assertRoom();
  free.bytes -= 1;
  await disk.look();
  await disk.look();
  expect(disk.fault).toBe('disk-full');
  expect(() => disk.assertRoom()).toThrow(DiskFull);
  free.bytes += 1;
  await disk.look();
  expect([disk.fault, faults]).toEqual([undefined, ['disk-full', undefined]]);
  await disk.close();
});

test('a directory that cannot be written is a fault, however much is free', async () => {
  const { disk } = await watch({ bytes: 1e9 });
  await rm(directory, { recursive: true });
  await disk.look();
  expect(disk.fault).toBe('disk-write');
  await disk.close();
});
