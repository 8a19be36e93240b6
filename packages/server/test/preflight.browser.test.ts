import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';
import { testWith, toolPath } from './tools.js';

/** A program in a page of another origin: what its browser asks before it sends, and what it is then let send. */
const { toolTest, note } = testWith('chromium');

let service: TestService;
let operation: TestOperation;
let site: Server;
let browser: Browser | undefined;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation({ server: '0042' });
  await operation.upload([attempt({ telephone: '573001234567' })]);
  site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html>');
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const executablePath = toolPath('chromium');
  if (executablePath) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  site.close();
  await service.stop();
});

async function openPage(): Promise<Page> {
  if (!browser) throw new Error('no browser');
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
  return page;
}

interface Seen {
  readonly status: number;
  readonly body: string;
  readonly etag: string | null;
}

/** A call as the page's program makes it; a text is why its browser did not let it. */
function call(page: Page, path: string, init: RequestInit): Promise<Seen | string> {
  const sent = JSON.stringify([service.service.url + path, init]);
  return page.evaluate<Seen | string>(`fetch(...${sent}).then(
    async (reply) => ({ status: reply.status, body: await reply.text(), etag: reply.headers.get('etag') }),
    String,
  )`);
}

const REPORT = `/api/v2/reports_manager.php?api=campaign_8&campaign_id=1001&date_ini=${NOVEMBER[0]}&date_end=20261103235959`;

toolTest.each([
  ['wolkvox_server', '0042'],
  ['wolkvox-server', 'wv0042'],
  ['Cache-Control', 'no-cache'],
  ['X-Requested-With', 'XMLHttpRequest'],
  ['Idempotency-Key', 'key-1'],
  ['If-None-Match', '"other"'],
  ['Content-Type', 'application/json'],
])(`a page may send %s${note}`, async (name, value) => {
  const page = await openPage();
  const reply = await call(page, REPORT, { headers: { 'wolkvox-token': operation.token, [name]: value } });
  expect(reply).toMatchObject({ status: 200, body: expect.stringContaining('"573001234567"') });
  await page.close();
});

toolTest(`an ETag that a page was given and sends back costs it a 304${note}`, async () => {
  const page = await openPage();
  const headers = { 'wolkvox-token': operation.token };
  const first = await call(page, REPORT, { headers });
  const etag = typeof first === 'string' ? null : first.etag;
  expect(etag).toMatch(/^W\/"/);
  const again = await call(page, REPORT, { headers: { ...headers, 'If-None-Match': String(etag) } });
  expect(again).toMatchObject({ status: 304, body: '' });
  await page.close();
});

toolTest(`a page uploads, also with a key and from a library that names itself${note}`, async () => {
  const page = await openPage();
  const reply = await call(page, '/api/v2/campaign.php?api=add_dnc', {
    method: 'POST',
    body: JSON.stringify([{ telephone: '573001234567', days_block: 1 }]),
    headers: {
      'wolkvox-token': operation.token,
      'Content-Type': 'application/json',
      'Idempotency-Key': 'key-2',
      'X-Requested-With': 'XMLHttpRequest',
    },
  });
  expect(reply).toMatchObject({ status: 201 });
  await page.close();
});

toolTest(`a header that nobody reads is still not let through${note}`, async () => {
  const page = await openPage();
  const headers = { 'wolkvox-token': operation.token, 'x-anything': '1' };
  expect(await call(page, REPORT, { headers })).toMatch(/TypeError/);
  await page.close();
});
