import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Demo } from './spawned-demo.js';

let directory: string;
let running: Demo | undefined;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-demo-'));
});

afterAll(async () => {
  await running?.stop();
  await rm(directory, { recursive: true, force: true });
});

test('serves a generated operation, and the printed cURL lines return its report', async () => {
  running = await Demo.start(directory);
  expect(running.output).toContain('Generating attempts: 5,000 of 5,000');
  const [one, all] = await Promise.all(running.curlLines().map(run));
  expect(one?.status).toBe(200);
  expect(one?.rows).toBeGreaterThan(300);
  expect(all?.status).toBe(200);
  expect(all?.rows).toBeGreaterThan(one?.rows ?? 0);
  expect(await signInBy(running.link)).toEqual([201, 403]); // once
  expect(await running.stop()).toBe(0);

  const again = await Demo.start(directory);
  running = again;
  expect(again.output).not.toContain('Generating');
  const [later] = await Promise.all(again.curlLines().map(run));
  expect(later).toEqual(one);
  expect(await again.stop()).toBe(0);
});

test('a filling that was interrupted is done again, and nothing counts twice', async () => {
  running = await Demo.start(directory);
  const before = await Promise.all(running.curlLines().map(run));
  await running.stop();
  const file = join(directory, 'demo.json');
  const plan: object = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...plan, filled: false }));

  running = await Demo.start(directory);
  expect(running.output).toContain('Generating');
  expect(await Promise.all(running.curlLines().map(run))).toEqual(before);
  await running.stop();
});

test('a directory of something else is left alone', async () => {
  const other = join(directory, 'attempts');
  await expect(Demo.start(other)).rejects.toThrow(/is not a demo/);
});

/** What a browser asks when the printed link is opened, twice. */
async function signInBy(link: string): Promise<number[]> {
  const [url, code] = link.split('/#sign-in=');
  const open = async () => {
    const headers = { authorization: `Bearer ${code}` };
    return (await fetch(`${url}/v1/session`, { method: 'POST', headers })).status;
  };
  return [await open(), await open()];
}

/** What a shell makes of a printed line. */
async function run(line: string): Promise<{ status: number; rows: number }> {
  const { stdout } = await promisify(execFile)('sh', ['-c', `${line} -w '\\n%{http_code}'`], {
    maxBuffer: 64 * 1024 * 1024, // a page of 60,000 rows is about 8 MB
  });
  const end = stdout.lastIndexOf('\n');
  const { data }: { data: unknown[] } = JSON.parse(stdout.slice(0, end));
  return { status: Number(stdout.slice(end + 1)), rows: data.length };
}
