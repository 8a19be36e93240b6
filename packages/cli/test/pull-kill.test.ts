import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dial } from '../../client/test/dials.js';
import { DocumentedServer } from '../../client/test/documented-server.js';
import { PullCommand } from './pull-command.js';

/** Killed wherever it is, and run again: the same bytes as of a run that nobody disturbed. */
const DAYS = 16;
const TELEPHONES = 400;
/** How often everything is done; more of it with RECUENTO_FUZZ=full. */
const MORE = process.env.RECUENTO_FUZZ === 'full' ? 5 : 1;

const dials = Array.from({ length: DAYS * TELEPHONES }, (_, nr) =>
  dial({
    telephone: `57300${(nr * 7_919) % 5_000}`,
    at: `202510${String((nr % DAYS) + 1).padStart(2, '0')}12${String(nr % 60).padStart(2, '0')}00`,
    result: nr % 3 === 0 ? 'busy' : 'no_answer',
  }),
);

let server: DocumentedServer;
let directory: string;
beforeAll(async () => {
  server = await DocumentedServer.start([]);
  directory = await mkdtemp(join(tmpdir(), 'recuento-kill-'));
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

function command(file: string): PullCommand {
  const range = ['--campaign', 'all', '--from', '2025-10-01', '--to', '2025-10-16'];
  const args = [
    '--url',
    server.url,
    ...range,
    '-o',
    file,
    '--row-limit',
    '300',
    '--calls-per-day',
    '1000000',
  ];
  return new PullCommand(directory, args);
}

/** Without when each window was read, which no two runs share. */
async function manifestOf(file: string): Promise<unknown> {
  const text = await readFile(`${file}.manifest.json`, 'utf8');
  return JSON.parse(
    text.replace(/"read_at": ".*"/g, '"read_at": ""').replaceAll(/"name": ".*"/g, '"name": ""'),
  );
}

test.each([
  ['csv', 3 * MORE],
  ['ndjson', MORE],
  ['xlsx', MORE],
])('a %s file, %i times', { timeout: 600_000 }, async (format, rounds) => {
  const behaviour = { rowLimit: 300, delay_ms: 3, callsPerDay: 1_000_000 };
  server.become(dials, behaviour);
  const undisturbed = join(directory, `undisturbed.${format}`);
  const run = command(undisturbed);
  expect(await run.ended(), run.output).toBe(0);
  const [whole, manifest, calls] = [await readFile(undisturbed), await manifestOf(undisturbed), server.calls];
  // Each day has more rows than a reply may have.
  expect(calls).toBeGreaterThan(3 * DAYS);
  let cut = 0;
  for (let round = 0; round < rounds; round += 1) {
    const file = join(directory, `killed-${round}.${format}`);
    server.become(dials, behaviour);
    for (let kills = 0; kills < 3; kills += 1) {
      const killed = command(file);
      // Anywhere in the reading, and in every third of the cases in the writing that follows it.
      const until =
        kills === 2 ? Number.POSITIVE_INFINITY : server.calls + 1 + Math.floor(Math.random() * calls * 0.6);
      const ended = killed.ended().then(() => true);
      while (server.calls < until && !(await Promise.race([ended, sleep(2, false)]))) {
        const parts = existsSync(`${file}.parts`) ? await readdir(`${file}.parts`) : [];
        if (kills === 2 && parts.filter((name) => name.endsWith('.ndjson')).length === DAYS) break;
      }
      await sleep(Math.random() * (kills === 2 ? 120 : 20));
      if ((await killed.kill()) === null) cut += 1;
      // Never a part of a file under its name.
      if (existsSync(file)) expect((await readFile(file)).equals(whole)).toBe(true);
    }
    const again = command(file);
    expect(await again.ended(), again.output).toBe(0);
    expect((await readFile(file)).equals(whole)).toBe(true);
    expect(await manifestOf(file)).toEqual(manifest);
    expect(
      (await readdir(directory)).filter((name) => name.startsWith(`killed-${round}.${format}`)).sort(),
    ).toEqual([`killed-${round}.${format}`, `killed-${round}.${format}.manifest.json`]);
  }
  expect(cut).toBeGreaterThanOrEqual(rounds);
});
