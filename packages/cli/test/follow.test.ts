import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import {
  appendFile,
  copyFile,
  mkdtemp,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { NOVEMBER, type TestOperation, TestService } from '../../server/test/harness.js';
import { CALL_S, cdrLine, dialed } from '../../server/test/master-csv.js';

const LAUNCHER = fileURLToPath(new URL('../bin/recuento.js', import.meta.url));
/** Changes which moments are chosen; a failure prints it. */
const SEED = Number(process.env.RECUENTO_TEST_SEED ?? 20_261_103);
/** More of them with RECUENTO_FUZZ=full. */
const KILLS = process.env.RECUENTO_FUZZ === 'full' ? 12 : 6;

let service: TestService;
let operation: TestOperation;
let directory: string;
let file: string;
let campaign = 0;

beforeAll(async () => {
  service = await TestService.start({ port: await freePort() });
  operation = await service.operation();
});
afterAll(() => service.stop());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-follow-'));
  file = join(directory, 'Master.csv');
  campaign += 1;
});
afterEach(async () => {
  await Following.killAll();
  await rm(directory, { recursive: true, force: true });
});

test(`killed ${KILLS} times while the file grows and rotates: the report is that of the whole`, async () => {
  const random = mulberry32(SEED);
  const dialer = new Dialer(file, random);
  await dialer.append(20);
  for (let round = 1; round <= KILLS; round += 1) {
    const following = Following.start(file, campaign);
    // What was rotated before a first start is not its business.
    if (round === 1) await following.begins(file);
    const until_ms = performance.now() + (0.3 + random()) * 2_000;
    const rotates_ms = performance.now() + random() * (until_ms - performance.now());
    let rotated = false;
    while (performance.now() < until_ms) {
      await dialer.append(1 + Math.floor(random() * 30));
      if (!rotated && performance.now() > rotates_ms) {
        await dialer.rotate(round % 2 === 0 ? 'rename' : 'copy');
        rotated = true;
      }
      await sleep(random() * 150);
    }
    if (!rotated) await dialer.rotate(round % 2 === 0 ? 'rename' : 'copy');
    if (round === 5) await service.restart();
    await following.kill();
    await dialer.append(10);
    if (random() < 0.3) await dialer.rotate(random() < 0.5 ? 'rename' : 'copy');
    await dialer.append(10);
  }
  await dialer.endLine();
  const whole = campaign + 500;
  await importWhole(dialer.everything, whole);
  const expected = await report(whole);
  expect(expected).toHaveLength(dialer.calls);
  const last = Following.start(file, campaign);
  const differing = async () => differences(expected, await report(campaign));
  await expect.poll(differing, { timeout: 120_000, interval: 250, message: `seed ${SEED}` }).toEqual([]);
  expect(await last.terminate()).toBe(0);
  // Without these the test would have shown little.
  expect(dialer.renames).toBeGreaterThan(2);
  expect(dialer.copies).toBeGreaterThan(2);
}, 300_000);

test('a line waits for its end; a rotated file ends without one', async () => {
  const half = call(2).slice(0, 40);
  await writeFile(file, `${call(1)}\n${half}`);
  const following = Following.start(file, campaign);
  await reported(1);
  await sleep(1_500);
  await appendFile(file, `${call(2).slice(40)}\r\n${call(3)}`);
  await reported(2);
  await rename(file, `${file}.1`);
  await writeFile(file, `${call(4)}\n`);
  await reported(4);
  expect(await following.terminate()).toBe(0);
  expect(following.output).not.toContain('rejected');
});

test('while the server is away nothing is skipped, and its return is noticed', async () => {
  await writeFile(file, `${call(1)}\n`);
  const following = Following.start(file, campaign);
  await reported(1);
  await service.service.stop();
  await appendFile(file, `${call(2)}\n`);
  await following.says('cannot be reached');
  await appendFile(file, `${call(3)}\n`);
  await service.restart();
  await following.says('takes uploads again');
  await reported(3);
  expect(await following.terminate()).toBe(0);
  // What it goes on from is all of it.
  expect(following.output).toContain(`from byte ${(await stat(file)).size}`);
});

test('rotated twice and compressed while nobody followed: found by its bytes, and finished first', async () => {
  await writeFile(file, `${call(1)}\n`);
  await followUntil(Following.start(file, campaign), 1);
  await appendFile(file, `${call(2)}\n`);
  const whole = await readFile(file);
  await rename(file, `${file}.1`);
  await writeFile(file, `${call(3)}\n`);
  const { mtime } = await stat(`${file}.1`);
  await writeFile(`${file}.2.gz`, gzipSync(whole));
  await utimes(`${file}.2.gz`, mtime, mtime);
  await unlink(`${file}.1`);
  await rename(file, `${file}.1`);
  await writeFile(file, `${call(4)}\n`);
  const again = Following.start(file, campaign);
  await reported(4);
  await again.says(`finishing ${file}.2.gz from byte`);
  expect(await again.terminate()).toBe(0);
  expect(again.output).not.toContain('MISSING');
});

test('what is gone, or compressed in a way that is not read, is said aloud', async () => {
  await writeFile(file, `${call(1)}\n`);
  await followUntil(Following.start(file, campaign), 1);
  await writeFile(`${file}-20261103.xz`, 'compressed');
  await unlink(file);
  await writeFile(file, `${call(2)}\n`);
  const again = Following.start(file, campaign);
  await again.says(`LINES MAY BE MISSING: the file that was followed as ${file} is gone`);
  await again.says(`LINES MAY BE MISSING: ${file}-20261103.xz`);
  await reported(2);
  expect(await again.terminate()).toBe(0);
});

test('a file that is not there yet is waited for', async () => {
  const following = Following.start(file, campaign);
  await following.says('waiting for it');
  await writeFile(file, `${call(1)}\n`);
  await reported(1);
  expect(await following.terminate()).toBe(0);
});

test('a refusal that trying again does not mend ends it with exit code 1, and the position stays', async () => {
  await writeFile(file, `${call(1)}\n`);
  const following = Following.start(file, campaign, { RECUENTO_TOKEN: 'wrong' });
  expect(await following.exit()).toBe(1);
  expect(following.output).toContain('The server refused (403)');
  expect(JSON.parse(await readFile(`${file}.recuento-position`, 'utf8'))).toMatchObject({
    position: { offset: 0 },
  });
});

test('a position of another campaign is not gone on from; a broken one is not guessed at', async () => {
  await writeFile(file, `${call(1)}\n`);
  await followUntil(Following.start(file, campaign), 1);
  const other = Following.start(file, campaign + 700);
  expect(await other.exit()).toBe(1);
  expect(other.output).toContain('Choose another with --state');
  await writeFile(`${file}.recuento-position`, '{"version":1');
  const broken = Following.start(file, campaign);
  expect(await broken.exit()).toBe(1);
  expect(broken.output).toContain('is not a position file');
});

test('a format whose first line names the columns is sent it with every upload', async () => {
  const columns = ['calldate', 'dst', 'lastapp', 'lastdata', 'disposition', 'uniqueid'];
  const row = (nr: number) =>
    `2026-11-03 12:00:00,57300${nr},Dial,PJSIP/57300${nr}@north,NO ANSWER,${CALL_S + nr}.${nr}\n`;
  await writeFile(file, `${columns.join(',')}\n${row(1)}`);
  const following = Following.start(file, campaign, {}, 'asterisk-sql');
  await reported(1);
  await appendFile(file, row(2));
  await reported(2);
  expect(await following.terminate()).toBe(0);
  const again = Following.start(file, campaign, {}, 'asterisk-sql');
  await appendFile(file, row(3));
  await reported(3);
  expect(await again.terminate()).toBe(0);
});

test('a record is sent when it is whole; every upload has the header, wherever it is', async () => {
  const row = (nr: number, note: string) => `${note};57300${nr};2026-11-03 12:00:00;NO ANSWER;k-${nr}\n`;
  await writeFile(file, `sep=;\nNote;To;When;Result;Id\n${row(1, 'a')}"pasted:\n${row(9, 'inside')}`);
  const map = 'telephone=To,dialed_at=When,result=Result,attempt_id=Id';
  const following = Following.start(file, campaign, {}, 'csv', '--map', map);
  await reported(1);
  await appendFile(file, row(2, 'end"'));
  await reported(2);
  await appendFile(file, row(3, 'b'));
  await reported(3);
  expect(await following.terminate()).toBe(0);
  expect((await report(campaign)).map(({ telephone }) => telephone).sort()).toEqual([
    '573001',
    '573002',
    '573003',
  ]);
  expect(following.output).not.toContain('rejected');
});

/** A call of its own to a telephone of its own. */
function call(nr: number, disposition = 'NO ANSWER'): string {
  const id = `${CALL_S + nr}.${nr}`;
  return cdrLine({ uniqueid: id, linkedid: id, disposition, ...dialed(`57300${1_000_000 + nr}`) });
}

async function report(of: number): Promise<Record<string, string>[]> {
  return (await operation.campaign8(of, ...NOVEMBER)).json.data;
}

async function reported(calls: number): Promise<void> {
  await expect.poll(() => report(campaign), { timeout: 60_000, interval: 100 }).toHaveLength(calls);
}

/** The telephones whose rows are not the same. */
function differences(a: Record<string, string>[], b: Record<string, string>[]): string[] {
  const rowsOf = (rows: Record<string, string>[]) =>
    new Map(rows.map((row) => [row.telephone ?? '', JSON.stringify(row)]));
  const [of_a, of_b] = [rowsOf(a), rowsOf(b)];
  return [...new Set([...of_a.keys(), ...of_b.keys()])].filter((key) => of_a.get(key) !== of_b.get(key));
}

/** Follows until that many calls are reported, and stops. */
async function followUntil(following: Following, calls: number): Promise<void> {
  await reported(calls);
  // The report may be ahead of the position by the server's reply.
  expect(await following.terminate()).toBe(0);
}

async function importWhole(lines: string, into: number): Promise<void> {
  const query = `format=asterisk-csv&time_zone=UTC&campaign_id=${into}`;
  const reply = await fetch(`${service.service.url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operation.token}` },
    body: lines,
  });
  expect(reply.status).toBe(202);
}

/** More than are made in a test: what logrotate deletes is gone. */
const KEPT = 60;
const DISPOSITIONS = ['NO ANSWER', 'BUSY', 'CONGESTION', 'FAILED'];

/** Writes a Master.csv as dialers and logrotate do, at random: in pieces of lines, renamed, copied, compressed. */
class Dialer {
  renames = 0;
  copies = 0;
  calls = 0;
  everything = '';
  readonly #file: string;
  readonly #random: () => number;
  /** What is still to be written of the last line. */
  #rest = '';

  constructor(path: string, random: () => number) {
    this.#file = path;
    this.#random = random;
  }

  /** New calls, and now and then a further leg of an old one; the last line may be written by half. */
  async append(lines: number): Promise<void> {
    let text = '';
    for (let line = 0; line < lines; line += 1) {
      const older = this.calls > 0 && this.#random() < 0.2;
      const nr = older ? Math.floor(this.#random() * this.calls) + 1 : this.calls + 1;
      this.calls = Math.max(this.calls, nr);
      text += `${call(nr, DISPOSITIONS[Math.floor(this.#random() * DISPOSITIONS.length)])}\n`;
    }
    this.everything += text;
    const whole = this.#rest + text;
    const keep = this.#random() < 0.5 ? Math.floor(this.#random() * 100) : 0;
    this.#rest = keep === 0 ? '' : whole.slice(-keep);
    await appendFile(this.#file, keep === 0 ? whole : whole.slice(0, -keep));
  }

  async endLine(): Promise<void> {
    await appendFile(this.#file, this.#rest);
    this.#rest = '';
  }

  /** As `logrotate` with `compress` and `delaycompress`, in both its ways. */
  async rotate(how: 'rename' | 'copy'): Promise<void> {
    // The last line may lack its end, but is whole.
    const bare = this.#random() < 0.5 && this.#rest !== '';
    await appendFile(this.#file, bare ? this.#rest.slice(0, -1) : this.#rest);
    this.#rest = '';
    for (let nr = KEPT; nr >= 2; nr -= 1) {
      const old = `${this.#file}.${nr}.gz`;
      if (existsSync(old)) await rename(old, `${this.#file}.${nr + 1}.gz`);
    }
    const first = `${this.#file}.1`;
    if (existsSync(first)) {
      const { mtimeMs } = await stat(first);
      const second = `${this.#file}.2`;
      await rename(first, second);
      await writeFile(`${second}.gz`, gzipSync(await readFile(second)));
      // As gzip keeps it; a number loses some of its digits.
      await utimes(`${second}.gz`, mtimeMs / 1_000, mtimeMs / 1_000 + 1e-6);
      await unlink(second);
    }
    if (how === 'rename') {
      this.renames += 1;
      await rename(this.#file, first);
      await writeFile(this.#file, '');
    } else {
      this.copies += 1;
      await copyFile(this.#file, first);
      await truncate(this.#file);
    }
  }
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** `recuento import asterisk-csv FILE --follow` in a process of its own. */
class Following {
  static readonly #alive = new Set<Following>();
  output = '';
  readonly #child: Child;
  readonly #exited: Promise<unknown>;

  private constructor(child: Child) {
    this.#child = child;
    this.#exited = once(child, 'close');
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
      });
    }
    Following.#alive.add(this);
  }

  static start(
    path: string,
    into: number,
    env: Record<string, string> = {},
    format = 'asterisk-csv',
    ...more: string[]
  ): Following {
    const flags = ['--campaign', String(into), '--time-zone', 'UTC', '--follow', ...more];
    const child = spawn(process.execPath, [LAUNCHER, 'import', format, path, ...flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        RECUENTO_URL: service.service.url,
        RECUENTO_TOKEN: operation.token,
        ...env,
      },
    });
    return new Following(child);
  }

  static async killAll(): Promise<void> {
    for (const following of Following.#alive) await following.kill();
  }

  async says(words: string): Promise<void> {
    await expect.poll(() => this.output, { timeout: 60_000, interval: 50 }).toContain(words);
  }

  /** Resolves when there is a position to go on from. */
  async begins(path: string): Promise<void> {
    const position = () => existsSync(`${path}.recuento-position`);
    await expect.poll(position, { timeout: 60_000, interval: 20 }).toBe(true);
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exit();
  }

  /** The exit code after SIGTERM. */
  async terminate(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    return this.exit();
  }

  async exit(): Promise<number | null> {
    await this.#exited;
    Following.#alive.delete(this);
    return this.#child.exitCode;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** A small seeded generator (Mulberry32), so that a run can be repeated. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
