import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { newWebhookSecret, signedHeaders } from '../src/hygiene/webhooks/signature.js';
import { DocumentedPage } from './documented-page.js';
import { type ToolName, testWith, toolPath } from './tools.js';
import { until } from './until.js';

/** The receivers of docs/guide/webhooks.md, run as they stand: they take what is genuine, and nothing else. */
const page = new DocumentedPage('docs/guide/webhooks.md');
const SECRET = newWebhookSecret();
const BODY = JSON.stringify({ id: 'msg_1', event: 'test', data: [{ telephone: 'ñ', n: 1 }] });

let directory: string;
let program: ChildProcess | undefined;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-receiver-'));
});
afterEach(async () => {
  if (!program || program.exitCode !== null) return;
  const ended = once(program, 'exit');
  program.kill('SIGKILL');
  await ended;
});
afterAll(() => rm(directory, { recursive: true, force: true }));

interface Language {
  readonly name: string;
  readonly fence: string;
  readonly file: string;
  readonly tool: ToolName | undefined;
  readonly command: (file: string, port: string) => readonly string[];
}

const LANGUAGES: readonly Language[] = [
  {
    name: 'Python',
    fence: 'python',
    file: 'receiver.py',
    tool: 'python',
    command: (file, port) => [toolPath('python') ?? '', file, port],
  },
  {
    name: 'PHP',
    fence: 'php',
    file: 'receiver.php',
    tool: 'php',
    command: (file, port) => [toolPath('php') ?? '', '-S', `127.0.0.1:${port}`, file],
  },
  {
    name: 'Node',
    fence: 'js',
    file: 'receiver.mjs',
    tool: undefined,
    command: (file, port) => [process.execPath, file, port],
  },
];

for (const { name, fence, file, tool, command } of LANGUAGES) {
  const { toolTest, note } = testWith(...(tool ? [tool] : []));
  toolTest(`the receiver in ${name} takes what is genuine, and nothing else${note}`, async () => {
    const path = join(directory, file);
    await writeFile(path, page.block(fence));
    const port = await freePort();
    const told = run(command(path, String(port)));
    const url = `http://127.0.0.1:${port}/`;
    await until(() => fetch(url, { method: 'POST', body: '{}' }).then(ok, () => false));
    const now_s = Math.floor(Date.now() / 1_000);
    const genuine = signedHeaders(SECRET, 'msg_1', now_s, BODY);
    const post = (headers: Record<string, string>, body = BODY) =>
      fetch(url, { method: 'POST', headers, body }).then(({ status }) => status);

    expect(await post({ ...genuine })).toBe(204);
    await until(() => told.text.includes('telephone'));
    const several = `v1,${'A'.repeat(44)} ${genuine['webhook-signature']} v2,x`;
    expect(await post({ ...genuine, 'webhook-signature': several })).toBe(204);

    const other = signedHeaders(newWebhookSecret(), 'msg_1', now_s, BODY);
    const false_ones: readonly (readonly [Record<string, string>, string?])[] = [
      [{}],
      [{ ...genuine }, BODY.replace('1', '2')],
      [{ ...genuine, 'webhook-id': 'msg_2' }],
      [{ ...genuine, 'webhook-timestamp': String(now_s + 1) }],
      [{ ...genuine, 'webhook-timestamp': 'x' }],
      [{ ...genuine, 'webhook-signature': '' }],
      [{ ...genuine, 'webhook-signature': genuine['webhook-signature'].slice(3) }],
      [{ ...other }],
      // True once, and recorded; or of a clock that is wrong.
      [{ ...signedHeaders(SECRET, 'msg_1', now_s - 400, BODY) }],
      [{ ...signedHeaders(SECRET, 'msg_1', now_s + 400, BODY) }],
    ];
    for (const [headers, body] of false_ones) expect(await post(headers, body)).toBe(401);
  });
}

/** Any answer shows that it runs. */
const ok = () => true;

function run([executable = '', ...args]: readonly string[]): { text: string } {
  const told = { text: '' };
  const env = { ...process.env, RECUENTO_WEBHOOK_SECRET: SECRET };
  program = spawn(executable, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const keep = (chunk: Buffer) => {
    told.text += chunk.toString();
  };
  program.stdout?.on('data', keep);
  program.stderr?.on('data', keep);
  return told;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
