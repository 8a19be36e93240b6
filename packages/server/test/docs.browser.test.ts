import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { LANGUAGES, type Language } from '@recuento/contract';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';
import { testWith, toolPath } from './tools.js';

/** `/docs` as a person has it: a real browser, both languages. */
const { toolTest, note } = testWith('chromium');

let service: TestService;
let operation: TestOperation;
let browser: Browser | undefined;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation();
  await operation.upload([attempt({ telephone: '573001234567' })]);
  const executablePath = toolPath('chromium');
  if (executablePath) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  await service.stop();
});

const PAGES = [
  '/docs',
  '/docs/calls/campaign_8',
  '/docs/calls/post_attempts',
  '/docs/calls/import_file',
  '/docs/errors',
  '/docs/errors/too-many-rows',
];
const SCREENS = [
  { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const;

const CASES = LANGUAGES.flatMap((language) =>
  SCREENS.map((screen) => [language, screen.viewport.width, screen.colorScheme, screen] as const),
);

toolTest.each(CASES)(
  `%s, %i pixels wide, %s: nothing from elsewhere, no error, nothing that shuts somebody out${note}`,
  async (language, width, _scheme, screen) => {
    for (const path of PAGES) {
      const { page, problems } = await open(`${path}?lang=${language}`, screen);
      expect(await page.getAttribute('html', 'lang')).toBe(language);
      expect(problems, path).toEqual([]);
      expect(await seriousFindings(page), path).toEqual([]);
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect(wide, `${path} scrolls sideways`).toBeLessThanOrEqual(width);
      await page.close();
    }
  },
);

const SENT: Readonly<Record<Language, string>> = { en: 'Send', es: 'Enviar' };

toolTest.each(LANGUAGES)(
  `a call is made from its page, and its reply is shown (%s)${note}`,
  async (language) => {
    const { page, problems } = await open(`/docs/calls/campaign_8?lang=${language}`);
    await page.getByLabel('Token').fill(operation.token);
    await page.getByLabel('date_ini').fill(NOVEMBER[0]);
    await page.getByLabel('date_end').fill(NOVEMBER[1]);
    await page.getByRole('button', { name: SENT[language] }).click();
    await page.getByText('"573001234567"').waitFor();
    expect(await page.getByRole('status').textContent()).toMatch(/^200 OK, \d+ ms$/);
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
    // The token is there on the next page, and gone with the tab.
    await page.goto(`${service.service.url}/docs/calls/campaign_4?lang=${language}`);
    expect(await page.getByLabel('Token').inputValue()).toBe(operation.token);
    expect(page.url()).not.toContain(operation.token);
    await page.close();
  },
);

toolTest(`samples are tabs that the keyboard reaches, and the chosen language stays${note}`, async () => {
  const { page } = await open('/docs/calls/campaign_8?lang=en');
  await page.getByRole('tab', { name: 'cURL' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const python = page.getByRole('tab', { name: 'Python' });
  expect(await python.getAttribute('aria-selected')).toBe('true');
  expect(await page.getByRole('tabpanel').innerText()).toContain('import requests');
  await page.keyboard.press('End');
  expect(await page.getByRole('tabpanel').innerText()).toContain('package main');
  await page.keyboard.press('Home');
  expect(await page.getByRole('tabpanel').innerText()).toContain('curl ');
  await python.click();
  await page.goto(`${service.service.url}/docs/calls/post_attempts?lang=en`);
  expect(await page.getByRole('tabpanel').innerText()).toContain('requests.post');
  await page.close();
});

toolTest(`marks of the way to a page stand between its steps, and none ends it${note}`, async () => {
  const { page } = await open('/docs/errors/too-many-rows?lang=en');
  const marks = await page.evaluate<string[]>(`[...document.querySelectorAll('.trail li')].flatMap((step) => [
    getComputedStyle(step, '::before').content,
    step.textContent,
    getComputedStyle(step, '::after').content,
  ])`);
  expect(marks.map((mark) => /[\w›]+/.exec(mark)?.[0]).filter((mark) => mark !== 'none')).toEqual([
    'Documentation',
    '›',
    'Errors',
  ]);
  await page.close();
});

toolTest(`without scripts every sample can be read${note}`, async () => {
  const context = await present(browser).newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${service.service.url}/docs/calls/campaign_8`);
  for (const text of ['curl ', 'import requests', 'package main']) {
    expect(await page.getByText(text).first().isVisible(), text).toBe(true);
  }
  await context.close();
});

/** A page, and what it complains of or asks of others. */
async function open(
  path: string,
  screen: (typeof SCREENS)[number] = SCREENS[0],
): Promise<{ page: Page; problems: string[] }> {
  const page = await present(browser).newPage(screen);
  const problems: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(service.service.url) && !url.startsWith('data:')) problems.push(`asks ${url}`);
  });
  await page.goto(service.service.url + path);
  return { page, problems };
}

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations }: AxeResults = await page.evaluate('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('no browser');
  return value;
}
