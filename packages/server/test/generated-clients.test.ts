import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createClient } from '@hey-api/openapi-ts';
import { apiOf, type Endpoint } from '@recuento/contract';
import openapiTS, { astToString } from 'openapi-typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENDPOINTS } from '../src/http/endpoints.js';
import { attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';

/**
 * Clients that others' generators make of `/openapi.json`, as a program has them: made, compiled, and run in a process of
 * their own. Each calls every call of the documented API.
 */
const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

let service: TestService;
let operation: TestOperation;
let directory: string;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation({ licences: 10 });
  await operation.upload([
    attempt({ telephone: '573001234567', amd: 'machine', result: 'answer_machine', customer_id: 'c' }),
    attempt({ telephone: '573001234568' }),
  ]);
  directory = await mkdtemp(join(tmpdir(), 'recuento-clients-'));
  await symlink(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  const options = {
    strict: true,
    noEmit: true,
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    skipLibCheck: true,
    types: ['node'],
  };
  await writeFile(
    join(directory, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, include: ['*.ts'] }),
  );
  await writeFile(join(directory, 'package.json'), '{"type":"module"}');
});
afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
  await service.stop();
});

const CALLS = ENDPOINTS.filter(({ api_kind }) => api_kind === 'documented');
const WINDOW = { campaign_id: 'all', date_ini: NOVEMBER[0], date_end: NOVEMBER[1] };

const OF_A_CAMPAIGN = new Set(['add_record', 'remove_record', 'recall_records']);

/** What a program sends: the parameters that a call requires, and a body that it takes. */
function sentTo(endpoint: Endpoint) {
  const { id, path, body_example } = endpoint;
  const api = apiOf(endpoint);
  const query = path.endsWith('reports_manager.php') ? { api, ...WINDOW } : { api };
  return {
    query: OF_A_CAMPAIGN.has(id) ? { ...query, campaign_id: '1001' } : query,
    ...(body_example !== undefined && { body: body_example }),
  };
}

/** What came of each call: its name, its status, and its body. */
type Answers = readonly (readonly [id: string, status: number, body: { readonly data: unknown[] }])[];

/** Compiles a program against what was generated, and runs it. */
async function answersOf(name: string, program: string): Promise<Answers> {
  await writeFile(join(directory, `${name}.ts`), program);
  await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], { cwd: directory }).catch(
    ({ stdout }: { stdout: string }) => expect(stdout).toBe(''),
  );
  const env = { ...process.env, URL: service.service.url, TOKEN: operation.token };
  const { stdout } = await run(process.execPath, ['--import', 'tsx', `${name}.ts`], { cwd: directory, env });
  return JSON.parse(stdout);
}

function expectAll(answers: Answers): void {
  expect(answers.map(([id, status]) => [id, status])).toEqual(
    CALLS.map(({ id, replies }) => [id, Number(Object.keys(replies)[0])]),
  );
  for (const [id, , { data }] of answers) expect(data.length, id).toBeGreaterThan(0);
  const rows = new Map(answers.map(([id, , { data }]) => [id, data]));
  // Each has its own reply, and not that of another call of its path.
  expect(rows.get('campaign_8')).toMatchObject([{ telephone: '573001234567', answer_machine: '1' }, {}]);
  expect(rows.get('campaign_6')).toEqual([{ campaign_id: '1001', total_amd: '1' }]);
  expect(rows.get('cdr_6')).toEqual([{ result: 'No answer', count: '1' }]);
  expect(rows.get('real_time_campaigns')?.[0]).toMatchObject({ campaign: '1001 - ' });
  expect(rows.get('token_info')).toMatchObject([{ description: 'test' }]);
  expect(rows.get('create_campaign')).toMatchObject([{ name_campaign: 'Cobranza noviembre' }]);
  expect(rows.get('add_dnc')).toMatchObject([{ total_added: '1' }]);
  expect(rows.get('remove_record')).toMatchObject([{ total_removed: '1', telephones_put_aside: '1' }]);
  expect(rows.get('recall_records')).toMatchObject([{ telephones_put_aside: '1' }]);
}

const document = async () => (await fetch(`${service.service.url}/openapi.json`)).text();

/** Narrows what a report may be answered with, as a program in TypeScript has to. */
const FIRST_TELEPHONE = `
const [row] = report?.data ?? [];
const telephone: string | undefined = row && 'total_machine_recognitions' in row ? row.telephone : undefined;
if (telephone !== '573001234567') throw new Error('no row of campaign_8');
`;

test('openapi-typescript with openapi-fetch makes every call', async () => {
  await writeFile(join(directory, 'schema.ts'), astToString(await openapiTS(await document())));
  const calls = CALLS.map((endpoint) => {
    const { query, body } = sentTo(endpoint);
    const init = JSON.stringify({ params: { query }, body });
    return `{ const { data, error, response } = await client.${endpoint.method}('${endpoint.path}', ${init});
  answers.push(['${endpoint.id}', response.status, data ?? error]); }`;
  });
  const program = `import createClient from 'openapi-fetch';
import type { paths } from './schema.js';
const client = createClient<paths>({ baseUrl: process.env.URL!, headers: { 'wolkvox-token': process.env.TOKEN! } });
const answers: unknown[] = [];
${calls.join('\n')}
const { data: report } = await client.GET('/api/v2/reports_manager.php', ${JSON.stringify({ params: { query: { api: 'campaign_8', ...WINDOW } } })});
${FIRST_TELEPHONE}
// @ts-expect-error a report that is none
await client.GET('/api/v2/reports_manager.php', ${JSON.stringify({ params: { query: { api: 'campaign_88', ...WINDOW } } })});
console.log(JSON.stringify(answers));
`;
  expectAll(await answersOf('openapi-fetch', program));
});

test('hey-api makes every call', async () => {
  const input = join(directory, 'openapi.json');
  await writeFile(input, await document());
  await mkdir(join(directory, 'hey-api'));
  await createClient({
    input,
    output: join(directory, 'hey-api'),
    logs: { level: 'silent' },
    plugins: ['@hey-api/client-fetch', '@hey-api/sdk'],
  });
  const functions: Readonly<Record<string, string>> = {
    'GET /api/v2/reports_manager.php': 'getReportsManager',
    'GET /api/v2/information.php': 'getInformation',
    'GET /api/v2/real_time.php': 'realTimeCampaigns',
    'POST /api/v2/campaign.php': 'postCampaign',
    'DELETE /api/v2/campaign.php': 'removeRecord',
    'PUT /api/v2/campaign.php': 'recallRecords',
  };
  const calls = CALLS.map((endpoint) => {
    return `{ const { data, error, response } = await sdk.${functions[`${endpoint.method} ${endpoint.path}`]}(${JSON.stringify(sentTo(endpoint))});
  answers.push(['${endpoint.id}', response?.status, data ?? error]); }`;
  });
  const program = `import { client } from './hey-api/client.gen';
import * as sdk from './hey-api/sdk.gen';
client.setConfig({ baseUrl: process.env.URL!, auth: () => process.env.TOKEN! });
const answers: unknown[] = [];
${calls.join('\n')}
const { data: report } = await sdk.getReportsManager(${JSON.stringify({ query: { api: 'campaign_8', ...WINDOW } })});
${FIRST_TELEPHONE}
console.log(JSON.stringify(answers));
`;
  expectAll(await answersOf('hey-api-program', program));
});

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
}

describe('the document', () => {
  test('has no path that a client cannot ask for, and each path of the service once', async () => {
    const { paths } = JSON.parse(await document()) as Described;
    for (const path of Object.keys(paths)) expect(path).toMatch(/^(\/[\w.{}-]+)+$/);
    expect(Object.keys(paths).sort()).toEqual([...new Set(ENDPOINTS.map(({ path }) => path))].sort());
  });
});
