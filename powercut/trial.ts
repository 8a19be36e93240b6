import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { numbersOf } from '../hostile/trial.js';
import { faultsOf } from './check.js';
import { Dice } from './dice.js';
import { Disk } from './disk.js';
import { compileRecorder } from './recorder.js';
import { type Recording, record } from './recording.js';
import { type DiskRecord, recordsOf } from './records.js';

export interface PowercutOptions {
  readonly points: number;
  readonly seed: number;
  readonly lives_ms: readonly number[];
  /** Between two uploads of one uploader, at most. */
  readonly pause_ms: number;
  /** Cuts that are tried at once. */
  readonly at_once: number;
  readonly say: (line: string) => void;
}

export interface PowercutOutcome {
  readonly points: number;
  /** Points after which something acknowledged was gone, something was there by half, or no start was possible. */
  readonly lost: number;
  /** Of what was acknowledged before a point, all points together. */
  readonly acknowledged: number;
}

/**
 * Records what a service does to its directory while it acknowledges uploads, and cuts the power at points of that record:
 * each time a directory is made as a disk may have it then, the service is started on it, and must have everything that it had
 * acknowledged before.
 *
 * @throws NoCompiler
 */
export async function powercut(options: PowercutOptions): Promise<PowercutOutcome> {
  const directory = await mkdtemp(join(tmpdir(), 'recuento-powercut-'));
  try {
    const library = await compileRecorder(directory);
    const { seed, lives_ms, pause_ms, say } = options;
    const recording = await record(directory, { seed, lives_ms, pause_ms, library });
    const records = [...recordsOf(recording.log)];
    await assertWhole(recording, records, join(directory, 'whole'));
    const acknowledgements = recording.ledger.acknowledgements();
    say(
      `seed ${seed}: ${records.length} records, ${recording.log.length} bytes, ${acknowledgements.length} acknowledgements`,
    );
    return await cutAll(recording, records, directory, options);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function cutAll(
  recording: Recording,
  records: readonly DiskRecord[],
  directory: string,
  options: PowercutOptions,
): Promise<PowercutOutcome> {
  const points = pointsOf(recording, records, options);
  const acknowledgements = recording.ledger.acknowledgements();
  const disk = new Disk(recording.root);
  const outcome = { points: 0, lost: 0, acknowledged: 0 };
  const checking = new Set<Promise<void>>();
  let done = 0;
  for (const [n, point] of points.entries()) {
    for (const each of records.slice(done, point)) disk.apply(each);
    done = point;
    const place = records[point - 1]?.end ?? 0;
    const seed = options.seed * 100_000 + n;
    const left = join(directory, `cut-${n}`);
    await disk.leave(left, recording.directory, new Dice(seed));
    const check = async () => {
      const faults = await faultsOf(left, recording.ledger, place);
      outcome.points += 1;
      outcome.acknowledged += acknowledgements.filter((each) => each <= place).length;
      if (faults.length > 0) outcome.lost += 1;
      for (const fault of faults.slice(0, 5))
        options.say(`LOST point ${n}, record ${point}, ${seed}: ${fault}`);
      if (outcome.points % 25 === 0) options.say(`${outcome.points} points, ${outcome.lost} lost`);
      const kept = faults.length > 0 ? process.env.RECUENTO_POWERCUT_KEEP : undefined;
      if (!kept) await rm(left, { recursive: true, force: true });
    };
    const running = check().finally(() => checking.delete(running));
    checking.add(running);
    if (checking.size >= options.at_once) await Promise.race(checking);
  }
  await Promise.all(checking);
  return outcome;
}

/** Half of them anywhere; a quarter where something was just acknowledged, a quarter where names have just changed. */
function pointsOf(
  { ledger }: Recording,
  records: readonly DiskRecord[],
  { points, seed }: PowercutOptions,
): number[] {
  const random = numbersOf(seed + 1);
  const pick = (some: readonly number[]) => some[Math.floor(random() * some.length)] ?? 0;
  const acknowledged = ledger.acknowledgements();
  const named = records.flatMap(({ kind }, n) =>
    ['rename', 'unlink', 'rmdir'].includes(kind) ? [n + 1] : [],
  );
  const chosen: number[] = [];
  for (let n = 0; n < points; n += 1) {
    if (n % 4 === 2) chosen.push(pick(named));
    else if (n % 4 === 3) {
      const place = pick(acknowledged);
      chosen.push(records.findIndex(({ end }) => end > place));
    } else chosen.push(Math.floor(random() * records.length));
  }
  return chosen.map((point) => (point < 0 ? records.length : point)).sort((a, b) => a - b);
}

/** That nothing was done beside the record: all of it makes the directory that is there. */
async function assertWhole(
  recording: Recording,
  records: readonly DiskRecord[],
  place: string,
): Promise<void> {
  const disk = new Disk(recording.root);
  for (const each of records) disk.apply(each);
  await disk.leave(place, recording.directory, undefined);
  const [made, there] = [await contentsOf(place), await contentsOf(recording.directory)];
  for (const name of new Set([...made.keys(), ...there.keys()])) {
    const [one, other] = [made.get(name), there.get(name)];
    const is_same = one !== undefined && other !== undefined && one.equals(other);
    if (!is_same)
      throw new Error(`the record is not whole: ${name} is ${one?.length} and ${other?.length} bytes`);
  }
  await rm(place, { recursive: true });
}

async function contentsOf(directory: string, below = ''): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (const each of await readdir(join(directory, below), { withFileTypes: true })) {
    const name = join(below, each.name);
    if (each.isDirectory())
      for (const [key, value] of await contentsOf(directory, name)) found.set(key, value);
    else if (each.isSymbolicLink())
      found.set(name, Buffer.from((await readlink(join(directory, name))).replace(directory, '')));
    else if (!name.endsWith('-shm')) found.set(name, await readFile(join(directory, name)));
  }
  return found;
}
