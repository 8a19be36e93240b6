import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect } from 'vitest';
import { DocumentedPage, withInstead } from './documented-page.js';
import { attempt, type TestOperation, TestService } from './harness.js';
import { testWith, toolPath } from './tools.js';

/** The programs of docs/guide/moving.md, run as they stand; the report has three pages. */
const run = promisify(execFile);
const { toolTest, note } = testWith('php', 'python', 'curl');

let service: TestService;
let operation: TestOperation;
let directory: string;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation({ server: '0042' });
  await operation.change({ limits: { max_rows: 2, max_simultaneous: 64 } });
  await operation.upload(TELEPHONES.map((telephone) => attempt({ telephone, result: 'busy' })));
  directory = await mkdtemp(join(tmpdir(), 'recuento-moving-'));
});
afterAll(async () => {
  await service.stop();
  await rm(directory, { recursive: true, force: true });
});

const TELEPHONES = ['573001', '573002', '573003', '573004', '573005'];
const HOST = 'https://recuento.example.com';
const ROWS = TELEPHONES.map((telephone) => [telephone, 1, 0, 0, 1, 0, 0]);

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function ended(command: string, args: string[], token: string): Promise<Ended> {
  const env = { ...process.env, REPORTS_URL: service.service.url, REPORTS_TOKEN: token };
  try {
    return { code: 0, ...(await run(command, args, { env })) };
  } catch (error) {
    return error as Ended;
  }
}

async function saved(name: string, code: string): Promise<string> {
  const file = join(directory, name);
  await writeFile(file, code);
  return file;
}

/** Rows of CSV, whose values are plain. */
function rowsOf(csv: string): (string | number)[][] {
  const lines = csv.split(/\r?\n/).filter(Boolean);
  return lines.map((line) => line.split(',').map((cell, at) => (at === 0 ? cell : Number(cell))));
}

const page = new DocumentedPage('docs/guide/moving.md');
const campaign = (code: string, id: string) => withInstead(code, { 1001: id });

/** What a program prints, by its language; `code` may be changed before. */
const programs = {
  python: async (change: (code: string) => string, token: string) =>
    ended(toolPath('python') ?? '', [await saved('moving.py', change(page.block('python')))], token),
  php: async (change: (code: string) => string, token: string) =>
    ended('php', [await saved('moving.php', change(page.block('php')))], token),
};

toolTest.each(Object.keys(programs) as (keyof typeof programs)[])(
  `the program in %s reads all pages, either form of code, and tells an empty report from a refusal${note}`,
  async (language) => {
    const program = programs[language];
    const as_it_stands = (code: string) => code;
    for (const code of ['string', 'number']) {
      await operation.change({ reply_profile: { code } });
      const all = await program(as_it_stands, operation.token);
      expect([rowsOf(all.stdout), all.code], all.stderr).toEqual([ROWS, 0]);
    }
    const none = await program((text) => campaign(text, '77'), operation.token);
    expect(none).toMatchObject({ code: 0, stdout: '' });
    const refused = await program(as_it_stands, 'nobody');
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: '403: PLEASE VALIDATE TOKEN\n' });
  },
);

toolTest(`Apps Script fills the sheet${note}`, async () => {
  const script = withInstead(page.block('javascript'), { [HOST]: service.service.url });
  const sheet = async (code: string, token: string) => {
    const file = await saved('apps-script.mjs', `${APPS_SCRIPT}\n${code}\ncampaign8();\n${SAY}`);
    return ended(process.execPath, [file], token);
  };
  const [head, ...rows] = JSON.parse((await sheet(script, operation.token)).stdout);
  expect([head[0], rows]).toEqual(['telephone', ROWS]);
  expect(JSON.parse((await sheet(campaign(script, '77'), operation.token)).stdout)).toEqual([head]);
  const refused = await sheet(script, 'nobody');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('403: PLEASE VALIDATE TOKEN')]);
});

toolTest(
  `the first request of n8n's node is a call, and its code takes the replies apart${note}`,
  async () => {
    const { nodes, connections } = JSON.parse(page.block('json', 'n8n-nodes-base')) as Workflow;
    const [request, code] = nodes;
    expect(connections[request.name]?.main[0]?.[0]?.node).toBe(code.name);
    const ask = async (token: string) => {
      const { url, queryParameters, headerParameters } = request.parameters;
      const query = new URLSearchParams(queryParameters.parameters.map(pair));
      query.set('cursor', '');
      const headers = Object.fromEntries(headerParameters.parameters.map(pair));
      const reply = await fetch(`${withInstead(url, { [HOST]: service.service.url })}?${query}`, {
        headers: { ...headers, 'wolkvox-token': token },
      });
      return { json: (await reply.json()) as Record<string, unknown> };
    };
    const taken = new Function('$input', code.parameters.jsCode) as (input: object) => unknown;
    const page_of = await ask(operation.token);
    const rows = taken({ all: () => [page_of, { json: { code: 404, data: [] } }] });
    expect(rows).toMatchObject([
      { json: { telephone: '573001', busy: '1' } },
      { json: { telephone: '573002' } },
    ]);
    const refused = await ask('nobody');
    expect(() => taken({ all: () => [refused] })).toThrow('403: PLEASE VALIDATE TOKEN');
  },
);

interface Workflow {
  readonly nodes: readonly [
    {
      readonly name: string;
      readonly parameters: {
        readonly url: string;
        readonly queryParameters: { readonly parameters: readonly Pair[] };
        readonly headerParameters: { readonly parameters: readonly Pair[] };
      };
    },
    { readonly name: string; readonly parameters: { readonly jsCode: string } },
  ];
  readonly connections: Readonly<Record<string, { main: { node: string }[][] }>>;
}

interface Pair {
  readonly name: string;
  readonly value: string;
}

const pair = ({ name, value }: Pair): [string, string] => [name, value];

/** What Google gives a script, as far as this one uses it: requests that are waited for, properties, a sheet. */
const APPS_SCRIPT = `
import { execFileSync } from 'node:child_process';
let values = [];
const PropertiesService = { getScriptProperties: () => ({ getProperty: (name) => process.env[name] }) };
const UrlFetchApp = {
  fetch(url, { headers, muteHttpExceptions }) {
    const sent = Object.entries(headers).flatMap(([name, value]) => ['-H', name + ': ' + value]);
    const text = execFileSync('curl', ['-sS', ...(muteHttpExceptions ? [] : ['--fail']), ...sent, url]).toString();
    return { getContentText: () => text };
  },
};
const sheet = {
  clearContents: () => (values = []),
  getRange(row, column, rows, columns) {
    return {
      setNumberFormat: () => undefined,
      setValues(given) {
        if (given.length !== rows || given.some((one) => one.length !== columns)) throw new Error('another range');
        values = given;
      },
    };
  },
};
const SpreadsheetApp = { getActiveSpreadsheet: () => ({ getSheetByName: () => sheet }) };
`;
const SAY = 'process.stdout.write(JSON.stringify(values));';
