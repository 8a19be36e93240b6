import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { attempt, type TestOperation, TestService } from '../../server/test/harness.js';
import { testWith, toolPath } from '../../server/test/tools.js';
import { TestClient } from './test-client.js';

/** The built client in a real browser: loaded as it is, from a page of another origin than the service. */
const { toolTest, note } = testWith('chromium');
const DIST = new URL('../dist/', import.meta.url);
const RANGE = { campaignId: 'all', from: '2026-11-01', to: '2026-12-31' };

let service: TestService;
let operation: TestOperation;
let site: Server;
let browser: Browser | undefined;
let context: BrowserContext | undefined;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation({ licences: 1 });
  await operation.upload([
    attempt({ telephone: '+573001234567' }),
    attempt({ telephone: '+573001234567', dialed_at: '2026-12-03T12:00:00-05:00', result: 'busy' }),
  ]);
  site = createServer(async (request, response) => {
    const path = request.url?.replace('/client/', '') ?? '';
    const isCode = path.endsWith('.js');
    const body = isCode ? await readFile(new URL(path, DIST)).catch(() => undefined) : '<!doctype html>';
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': isCode ? 'text/javascript' : 'text/html',
    });
    response.end(body);
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const executablePath = toolPath('chromium');
  if (!executablePath) return;
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  context = await browser.newContext();
});
afterAll(async () => {
  await browser?.close();
  site.close();
  await service.stop();
});

async function openPage(): Promise<Page> {
  if (!context) throw new Error('no browser');
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
  return page;
}

/** Runs in the page, with `reports` for the service. */
const inPage = (code: string) => `(async () => {
  const { ReportsManager } = await import('/client/browser.js');
  const reports = new ReportsManager(${JSON.stringify({ baseUrl: service.service.url, token: operation.token })});
  const range = ${JSON.stringify(RANGE)};
  ${code}
})()`;

toolTest(`a page has the rows and hashes that Node has${note}`, async () => {
  const page = await openPage();
  const client = new TestClient({ baseUrl: service.service.url, token: operation.token });
  const report = client.campaign8(RANGE);
  expect(await page.evaluate(inPage('return await reports.campaign8(range).collect();'))).toEqual(
    await report.collect(),
  );
  const hashes = (await report.manifest()).windows.map(({ sha256 }) => sha256);
  const there = inPage(
    'return (await reports.campaign8(range).manifest()).windows.map(({ sha256 }) => sha256);',
  );
  expect(await page.evaluate(there)).toEqual(hashes);
  // What the service tells in headers reaches a page of another origin too.
  const left = await page.evaluate<number>(inPage('await reports.tokenInfo(); return reports.calls.left;'));
  expect(left).toBe(993);
  await page.close();
});

toolTest(`two pages of one origin never have more under way than the token may${note}`, async () => {
  const pages = [await openPage(), await openPage()];
  const many = inPage(`
    const asked = Array.from({ length: 12 }, () => reports.campaign8(range).collect());
    await Promise.all(asked);
    return reports.calls.made;`);
  // A request that was refused would be tried again, and count.
  expect(await Promise.all(pages.map((page) => page.evaluate(many)))).toEqual([24, 24]);
});

toolTest(`a refusal has its class and request id in a page too${note}`, async () => {
  const page = await openPage();
  const refused = inPage(`
    const stranger = new ReportsManager({ baseUrl: ${JSON.stringify(service.service.url)}, token: 'stranger' });
    try { await stranger.tokenInfo(); } catch (error) { return [error.name, error.status, typeof error.requestId]; }`);
  expect(await page.evaluate(refused)).toEqual(['AuthorizationError', 403, 'string']);
  await page.close();
});
