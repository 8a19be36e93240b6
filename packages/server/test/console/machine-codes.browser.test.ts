import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { attempt, type TestOperation, TestService } from '../harness.js';
import { testWith } from '../tools.js';
import { ConsoleBrowser, expectSound, WAYS } from './console-browser.js';
import { demoOperation } from './demo-data.js';

/** The screen of machine codes: its table by pages, search, filters, downloads, and a telephone's attempts. */
const { toolTest, note } = testWith('chromium');

let service: TestService;
let operation: TestOperation;
let browser: ConsoleBrowser | undefined;
beforeAll(async () => {
  service = await TestService.start();
  operation = await demoOperation(service);
  browser = await ConsoleBrowser.start(service);
});
afterAll(async () => {
  await browser?.stop();
  await service.stop();
});

/** A machine at work may be slow. */
const PATIENT = { timeout: 15_000 };
/** Rows of a page. */
const PAGE = 50;

const WORDS = {
  en: {
    telephone: 'Telephone',
    more: 'More filters',
    last: 'Last attempt',
    failed: 'Failed',
    answered: 'A person answered',
    attempts: 'Attempts, at least',
    recognitions: 'Machine recognitions',
    next: 'Next',
    previous: 'Previous',
    clear: 'Clear filters',
    rows: (first: number, last: number) => `Telephones ${first} to ${last}`,
    known: 'What is known of the number',
    meanings: 'What the codes mean',
    list: 'Table',
    download: 'Download…',
    start: 'Download',
    complete: 'is complete',
  },
  es: {
    telephone: 'Teléfono',
    more: 'Más filtros',
    last: 'Último intento',
    failed: 'Fallido',
    answered: 'Contestó alguien',
    attempts: 'Intentos, mínimo',
    recognitions: 'Reconocimientos de máquina',
    next: 'Siguiente',
    previous: 'Anterior',
    clear: 'Quitar filtros',
    rows: (first: number, last: number) => `Teléfonos ${first} a ${last}`,
    known: 'Qué se sabe del número',
    meanings: 'Qué significan los códigos',
    list: 'Tabla',
    download: 'Descargar…',
    start: 'Descargar',
    complete: 'está completo',
  },
} as const;

interface Row {
  readonly telephone: string;
  readonly dialed_total: number;
}

/** What the API says of the window that the screen asked for: the tests compare the screen with it. */
async function asked(page: Page, query: Readonly<Record<string, string>>): Promise<Row[]> {
  const search = new URLSearchParams({ campaign_id: 'all', ...(await windowOf(page)), ...query });
  const reply = await service.v1('GET', `/machine-codes?${search}`, operation.token);
  return JSON.parse(await reply.text()).machine_codes;
}

async function windowOf(page: Page): Promise<{ readonly from: string; readonly to: string }> {
  const called = await page.evaluate<string[]>(
    'performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.includes("/v1/machine-codes?"))',
  );
  const { searchParams } = new URL(called.at(-1) ?? '');
  return { from: searchParams.get('from') ?? '', to: searchParams.get('to') ?? '' };
}

/** The telephones that are on the screen; there are never more rows than a page has. */
async function shown(page: Page): Promise<string[]> {
  const telephones = await page.locator('main tbody th').allTextContents();
  expect(telephones.length).toBeLessThanOrEqual(PAGE);
  return telephones;
}

async function expectShown(page: Page, query: Readonly<Record<string, string>>): Promise<void> {
  const rows = await asked(page, { limit: String(PAGE), ...query });
  await expect.poll(() => shown(page), PATIENT).toEqual(rows.map(({ telephone }) => telephone));
}

const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

toolTest.each(WAYS.map((way) => [way.language, way.colorScheme, way] as const))(
  `pages, order, search and filters of the table (%s, %s)${note}`,
  async (language, _scheme, way) => {
    const words = WORDS[language];
    const open = await present(browser).open('/machine-codes', operation.token, way);
    const { page } = open;
    await page.getByText(words.rows(1, PAGE)).waitFor();
    await expectShown(page, { sort: '-total_machine_recognitions' });
    await expectSound(open, 'the first page');

    // Pages: there, further, and back.
    const first = await shown(page);
    await page.getByRole('button', { name: words.next }).click();
    await page.getByText(words.rows(PAGE + 1, 2 * PAGE)).waitFor();
    const two_pages = await asked(page, { sort: '-total_machine_recognitions', limit: String(2 * PAGE) });
    await expect
      .poll(() => shown(page), PATIENT)
      .toEqual(two_pages.slice(PAGE).map(({ telephone }) => telephone));
    await page.getByRole('button', { name: words.next }).click();
    await page.getByText(words.rows(2 * PAGE + 1, 3 * PAGE)).waitFor();
    await page.getByRole('button', { name: words.previous }).click();
    await page.getByRole('button', { name: words.previous }).click();
    await page.getByText(words.rows(1, PAGE)).waitFor();
    expect(await shown(page)).toEqual(first);

    // Order: a click on a heading begins with its first page.
    const heading = page.getByRole('columnheader', { name: words.telephone });
    expect(await heading.getAttribute('aria-sort')).toBe('none');
    await heading.getByRole('button').click();
    await expectShown(page, { sort: 'telephone' });
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    expect(parameter(page, 'sort')).toBe('telephone');
    await heading.getByRole('button').click();
    await expectShown(page, { sort: '-telephone' });
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    await page.goBack();
    await expectShown(page, { sort: 'telephone' });

    // Search: how a telephone begins, how it ends, and the whole of it.
    const [telephone = ''] = await shown(page);
    const box = page.getByLabel(words.telephone, { exact: true });
    await box.fill(`${telephone.slice(0, 7)}*`);
    await expectShown(page, { sort: 'telephone', telephone_prefix: telephone.slice(0, 7) });
    await box.fill(`*${telephone.slice(-4)}`);
    await expectShown(page, { sort: 'telephone', telephone_suffix: telephone.slice(-4) });
    await box.fill(telephone);
    await expect.poll(() => shown(page), PATIENT).toEqual([telephone]);
    expect(parameter(page, 'search')).toBe(telephone);
    // What was typed in one go is one step back.
    await page.goBack();
    await expectShown(page, { sort: 'telephone' });
    expect(await box.inputValue()).toBe('');

    // Filters, and the way back through them.
    if (way.viewport.width < 600) await page.getByRole('button', { name: words.more }).click();
    await page.getByLabel(words.last).selectOption({ label: words.failed });
    await expectShown(page, { sort: 'telephone', last_result: 'failed' });
    await page.getByLabel(words.answered).selectOption('0');
    await expectShown(page, { sort: 'telephone', last_result: 'failed', max_answered: '0' });
    await page.getByLabel(words.attempts).fill('4');
    await expectShown(page, { sort: 'telephone', last_result: 'failed', max_answered: '0', min_dialed: '4' });
    expect(parameter(page, 'min_dialed')).toBe('4');
    await page.goBack();
    await expectShown(page, { sort: 'telephone', last_result: 'failed', max_answered: '0' });
    await page.goBack();
    await expectShown(page, { sort: 'telephone', last_result: 'failed' });
    await expectSound(open, 'a filter');
    await page.getByRole('button', { name: words.clear }).click();
    await expectShown(page, { sort: 'telephone' });
    await open.context.close();
  },
);

toolTest.each(WAYS.map((way) => [way.language, way.colorScheme, way] as const))(
  `a telephone opens by keyboard, and closes to where it was opened (%s, %s)${note}`,
  async (language, _scheme, way) => {
    const words = WORDS[language];
    const open = await present(browser).open('/machine-codes', operation.token, way);
    const { page } = open;
    const link = page.locator('main tbody th a').nth(2);
    const telephone = await link.textContent();
    await link.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: words.known }).waitFor();
    expect(parameter(page, 'telephone')).toBe(telephone);
    await dialog.getByRole('img').waitFor();
    await dialog.getByRole('heading', { name: words.meanings }).waitFor();
    await expectSound(open, 'a telephone');

    // Every attempt is on the line, and in the list behind it.
    const path = `/telephones/${telephone}/attempts?limit=100`;
    const reply = await service.v1('GET', path, operation.token);
    const { attempts } = JSON.parse(await reply.text());
    expect(attempts.length).toBeGreaterThan(0);
    expect(await dialog.locator('circle').count()).toBe(attempts.length);
    await dialog.getByLabel(words.list).check();
    expect(await dialog.getByRole('table').first().locator('tbody tr').count()).toBe(attempts.length);
    await expectSound(open, 'the list of a telephone');

    await page.keyboard.press('Escape');
    await expect.poll(() => parameter(page, 'telephone'), PATIENT).toBeNull();
    expect(await page.locator('dialog').count()).toBe(0);
    expect(await page.evaluate('document.activeElement.textContent')).toBe(telephone);

    // The browser's Back does the same.
    await page.keyboard.press('Enter');
    await dialog.getByRole('img').waitFor();
    await page.goBack();
    await expect.poll(() => page.locator('dialog').count(), PATIENT).toBe(0);
    await expect.poll(() => page.evaluate('document.activeElement.textContent'), PATIENT).toBe(telephone);
    await open.context.close();
  },
);

toolTest(`the address of a telephone shows it at once, and what is put aside${note}`, async () => {
  const telephone = '5731'; // its own: the others are what the demo has
  const other = await service.operation();
  await other.upload([attempt({ telephone, dialed_at: '2026-01-05T12:00:00-05:00', result: 'busy' })]);
  await service.v1('POST', '/hygiene/quarantine', other.token, {
    telephones: [telephone],
    reason: '<b>asked us to stop</b>',
    until: '2100-01-01T00:00:00Z',
  });
  const open = await present(browser).open(`/machine-codes?telephone=${telephone}`, other.token);
  const { page } = open;
  const dialog = page.getByRole('dialog');
  await dialog.getByText('In quarantine since').waitFor();
  await dialog.getByText('The line was busy, so it exists and is used.').waitFor();
  expect(await dialog.getByRole('row', { name: '<b>asked us to stop</b>' }).textContent()).toContain(
    'Put aside',
  );
  await expectSound(open, 'a telephone that is put aside');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => parameter(page, 'telephone'), PATIENT).toBeNull();
  await open.context.close();
});

toolTest(`more attempts than are shown at once are pages of the time line${note}`, async () => {
  const other = await service.operation();
  const telephone = '5732';
  const minutes = Array.from({ length: 130 }, (_, minute) => minute);
  await other.upload(
    minutes.map((minute) =>
      attempt({ telephone, dialed_at: new Date(Date.UTC(2026, 0, 5, 12, minute)).toISOString() }),
    ),
  );
  const { page, context } = await present(browser).open(`/machine-codes?telephone=${telephone}`, other.token);
  const dots = page.getByRole('dialog').locator('circle');
  await expect.poll(() => dots.count(), PATIENT).toBe(100);
  await page.getByRole('button', { name: 'Older attempts' }).click();
  await expect.poll(() => dots.count(), PATIENT).toBe(30);
  await page.getByRole('button', { name: 'Newer attempts' }).click();
  await expect.poll(() => dots.count(), PATIENT).toBe(100);
  await context.close();
});

const FILES = [
  ['csv', 'Text with commas (csv)'],
  ['ndjson', 'JSON lines (ndjson)'],
  ['xlsx', 'Excel workbook (xlsx)'],
  ['parquet', 'Parquet'],
] as const;

/** The first is as long as a telephone may be. */
const HOSTILE = [
  '<img src=x onerror=alert(1)>'.padEnd(64, '7'),
  '=HYPERLINK("http://127.0.0.1:9/")',
  '\u202e573001234567',
  '57/30 ?#%&é',
] as const;

toolTest.each(WAYS.map((way) => [way.language, way] as const))(
  `telephones of any text are text (%s)${note}`,
  async (language, way) => {
    const other = await service.operation();
    const dialed_at = new Date(Date.now() - 3_600_000).toISOString();
    await other.upload(
      HOSTILE.map((telephone) => attempt({ telephone, dialed_at, trunk: '<i>\u202etrunk</i>' })),
    );
    const open = await present(browser).open('/machine-codes', other.token, way);
    const { page } = open;
    await expect.poll(async () => (await shown(page)).sort(), PATIENT).toEqual([...HOSTILE].sort());
    await expectSound(open, 'hostile telephones');
    for (const telephone of HOSTILE) {
      await page.getByLabel(WORDS[language].telephone, { exact: true }).fill(telephone);
      await expect.poll(() => shown(page), PATIENT).toEqual([telephone]);
      await page.locator('main tbody th a').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('img').waitFor();
      expect(await dialog.getByRole('heading', { level: 2 }).textContent()).toContain(telephone);
      await dialog.getByLabel(WORDS[language].list).check();
      await dialog.getByText('<i>\u202etrunk</i>').waitFor();
      if (telephone === HOSTILE[0]) await expectSound(open, telephone);
      await page.keyboard.press('Escape');
      await expect.poll(() => parameter(page, 'telephone'), PATIENT).toBeNull();
    }
    await open.context.close();
  },
);

toolTest(`an operation without attempts says what to do${note}`, async () => {
  const other = await service.operation();
  for (const way of WAYS) {
    const open = await present(browser).open('/machine-codes', other.token, way);
    await open.page.locator('.empty').waitFor();
    await expectSound(open, `empty, ${way.language}`);
    await open.context.close();
  }
  const { page, context } = await present(browser).open('/machine-codes?search=573001234567', other.token);
  await page.getByText('No telephone matches').waitFor();
  await page.getByRole('button', { name: 'Search for *573001234567' }).click();
  expect(parameter(page, 'search')).toBe('*573001234567');
  await page.getByLabel('Telephone', { exact: true }).fill('*1*');
  await page.getByText('It can have one * only').waitFor();
  await context.close();
});

toolTest(`the columns that were chosen stay${note}`, async () => {
  const { page, context } = await present(browser).open('/machine-codes', operation.token);
  const busy = page.getByRole('columnheader', { name: 'Busy' });
  await busy.waitFor();
  await page.locator('summary', { hasText: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Busy' }).uncheck();
  await page.getByRole('checkbox', { name: 'Last dialed' }).check();
  await page.reload();
  await page.getByRole('columnheader', { name: 'Last dialed' }).waitFor();
  expect(await busy.count()).toBe(0);
  await context.close();
});

toolTest(`the table that is shown, as a file in every format${note}`, async () => {
  const path = '/machine-codes?last_result=failed&sort=telephone';
  const { page, context } = await present(browser).open(path, operation.token);
  await page.locator('main tbody tr').first().waitFor();
  const query = { campaign_id: 'all', ...(await windowOf(page)), last_result: 'failed', sort: 'telephone' };
  for (const [format, title] of FILES) {
    await page.getByRole('button', { name: WORDS.en.download }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Up to 100,000 telephones').waitFor();
    await dialog.getByLabel(title).check();
    const downloading = page.waitForEvent('download');
    await dialog.getByRole('button', { name: WORDS.en.start }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(new RegExp(`^machine-codes-[\\d-]+\\.${format}$`));
    const asking = `/machine-codes?${new URLSearchParams({ ...query, format })}`;
    const reply = await service.v1('GET', asking, operation.token);
    const [got, sent] = [await readFile(await download.path()), Buffer.from(await reply.arrayBuffer())];
    // A workbook has the time at which it was made.
    if (format === 'xlsx') expect(got.length).toBe(sent.length);
    else expect(got.equals(sent), format).toBe(true);
    const told = await page.getByText(`.${format} ${WORDS.en.complete}`).textContent();
    const lines = sent.toString().split('\n').length - 1;
    if (format === 'ndjson') expect(told).toContain(`${lines.toLocaleString('en')} telephones`);
    if (format === 'csv') expect(told).toContain(`${(lines - 1).toLocaleString('en')} telephones`);
  }
  await context.close();
});

toolTest(`headings of a file are in the reader’s language${note}`, async () => {
  const { page, context } = await present(browser).open('/machine-codes', operation.token, WAYS[1]);
  await page.getByRole('button', { name: WORDS.es.download }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: WORDS.es.start }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  expect(text).toContain('"Teléfono"');
  await page.getByText(WORDS.es.complete).waitFor();
  await context.close();
});

toolTest(`why a download failed reaches whoever asked for it${note}`, async () => {
  const other = await service.operation();
  await other.upload([attempt({ dialed_at: new Date(Date.now() - 3_600_000).toISOString() })]);
  const { page, problems, context } = await present(browser).open('/machine-codes', other.token);
  await page.locator('main tbody tr').waitFor();
  await other.change({ limits: { max_call_ms: 1 } });
  await page.getByRole('button', { name: WORDS.en.download }).click();
  await page.getByRole('dialog').getByRole('button', { name: WORDS.en.start }).click();
  await page.getByText('was not downloaded').waitFor();
  expect(await page.getByRole('alert').textContent()).toContain('Try again');
  expect(problems.splice(0).every((text) => text.includes('504'))).toBe(true);
  await other.change({ limits: { max_call_ms: 60_000 } });
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Try again' }).click();
  await downloading;
  await page.getByText(WORDS.en.complete).waitFor();
  await context.close();
});

toolTest(`a download that is cancelled ends, and leaves no file${note}`, async () => {
  const { page, context } = await present(browser).open('/machine-codes', operation.token);
  let downloads = 0;
  page.on('download', () => {
    downloads += 1;
  });
  // The service is held back until the reader has cancelled.
  const asking = page.waitForRequest(/format=csv/);
  await page.route(/format=csv/, () => undefined);
  await page.getByRole('button', { name: WORDS.en.download }).click();
  await page.getByRole('dialog').getByRole('button', { name: WORDS.en.start }).click();
  const request = await asking;
  await page.getByText('the service is preparing it').waitFor();
  const failed = page.waitForEvent('requestfailed', (one) => one === request);
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect((await failed).failure()?.errorText).toContain('ABORTED');
  await page.getByText('the service is preparing it').waitFor({ state: 'detached' });
  expect(downloads).toBe(0);
  await context.close();
});

toolTest(`a search that is not wanted any more is aborted${note}`, async () => {
  const { page, context } = await present(browser).open('/machine-codes', operation.token);
  await page.locator('main tbody tr').first().waitFor();
  const asking = page.waitForRequest(/telephone_prefix=5730&/);
  await page.route(/telephone_prefix=5730&/, () => undefined);
  const box = page.getByLabel('Telephone', { exact: true });
  await box.fill('5730*');
  const request = await asking;
  const failed = page.waitForEvent('requestfailed', (one) => one === request);
  await box.fill('57*');
  expect((await failed).failure()?.errorText).toContain('ABORTED');
  await expectShown(page, { sort: '-total_machine_recognitions', telephone_prefix: '57' });
  await context.close();
});

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('no browser');
  return value;
}
