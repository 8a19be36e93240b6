import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Endpoint } from '@recuento/contract';
import { htmlUnescape } from 'escape-goat';
import { afterAll, beforeAll, expect } from 'vitest';
import { ENDPOINTS } from '../src/http/endpoints.js';
import { exampleCall, TOKEN_BLANK } from '../src/http/openapi/example-call.js';
import { ADMIN_TOKEN, attempt, type TestOperation, TestService } from './harness.js';
import { testWith, toolPath } from './tools.js';

/** The samples of `/docs`, run as they are printed there, with a token in the place of its blank. */
let service: TestService;
let operation: TestOperation;
let directory: string;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation({ server: '0042' });
  await operation.upload([attempt({ amd: 'machine' }), attempt({ result: 'busy' })]);
  directory = await mkdtemp(join(tmpdir(), 'recuento-samples-'));
});
afterAll(async () => {
  await service.stop();
  await rm(directory, { recursive: true, force: true });
});

const run = promisify(execFile);

/** By the language as the page calls it: what runs a file of it. */
const RUNNERS: Readonly<Record<string, (file: string) => Promise<{ stdout: string }>>> = {
  cURL: (file) => run('sh', [file]),
  PHP: (file) => run('php', [file]),
  Python: (file) => run(toolPath('python') ?? 'python3', [file]),
  JavaScript: (file) => run(process.execPath, ['--input-type=module', '-e', `await import('${file}')`]),
};

/** Replies that differ from call to call: what they are is compared, and not what they say. */
const CHANGING = new Set([
  'create_campaign',
  'create_hygiene_rule',
  'create_session',
  'create_sign_in_link',
  'create_token',
  'create_webhook',
  'hygiene_shares',
  'hygiene_verdicts',
  'list_tokens',
  'list_webhooks',
  'usage',
  'token_info',
  'openapi',
  'put_in_quarantine',
  'recall_records',
  'restore_quarantined',
  'postman',
]);

const { toolTest, note } = testWith('php', 'python', 'curl');

toolTest.each(
  // A file for a body is for the command line; a hook is called by a switch.
  ENDPOINTS.filter(({ body, body_example }) => !body || body_example !== undefined).map(
    (endpoint) => [endpoint.id, endpoint] as const,
  ),
)(`%s: its samples in cURL, PHP, Python and JavaScript get the same reply${note}`, async (id, endpoint) => {
  const samples = await samplesOnPage(endpoint);
  expect(Object.keys(samples)).toEqual(['cURL', 'PHP', 'Python', 'JavaScript', 'C#', 'Java', 'Go']);
  const expected = await replyTo(endpoint);
  for (const [language, runSample] of Object.entries(RUNNERS)) {
    const file = join(directory, `${id}-${language}.mjs`);
    await writeFile(file, (samples[language] ?? '').replaceAll(TOKEN_BLANK, tokenFor(endpoint)));
    const { stdout } = await runSample(file);
    expect(comparable(id, stdout.trim()), `${language}: ${stdout}`).toEqual(comparable(id, expected.body));
  }
  if (endpoint.api_kind === 'documented')
    expect(expected.status).toBe(Number(Object.keys(endpoint.replies)[0]));
});

async function samplesOnPage({ id }: Endpoint): Promise<Record<string, string>> {
  const page = await (await fetch(`${service.service.url}/docs/calls/${id}`)).text();
  const [, tabs = ''] = page.split(/<div class="tabs"[^>]*>|<\/div>/);
  const figures = tabs.matchAll(/<figcaption>(.*?)<\/figcaption>\s*<pre[^>]*><code>([\s\S]*?)<\/code>/g);
  return Object.fromEntries(
    [...figures].map(([, language = '', code = '']) => [htmlUnescape(language), htmlUnescape(code)]),
  );
}

/** What the call gets when it is made by other means. */
async function replyTo(endpoint: Endpoint): Promise<{ status: number; body: string }> {
  const { url, query, headers, body } = exampleCall(endpoint, service.service.url, tokenFor(endpoint));
  const reply = await fetch(`${url}?${new URLSearchParams(Object.fromEntries(query))}`, {
    method: endpoint.method,
    headers: Object.fromEntries(headers),
    ...(body !== undefined && { body }),
  });
  return { status: reply.status, body: await reply.text() };
}

function tokenFor({ scopes = [] }: Endpoint): string {
  return scopes.length === 1 && scopes[0] === 'administrator' ? ADMIN_TOKEN : operation.token;
}

function comparable(id: string, body: string): unknown {
  if (body === '') return body;
  const json: Record<string, unknown> = JSON.parse(body);
  if (CHANGING.has(id)) return Object.keys(json);
  const { request_id, ...rest } = json;
  return rest;
}
