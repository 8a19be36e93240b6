import { readFileSync } from 'node:fs';
import { LANGUAGES, type Language } from '@recuento/contract';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { type TestOperation, TestService } from '../harness.js';
import { testWith } from '../tools.js';
import { ConsoleBrowser, expectSound, WAYS } from './console-browser.js';
import { demoOperation } from './demo-data.js';
import { settled } from './settled.js';

/** Each step of docs/guide/console.md, walked as it is written: what is in bold is pressed, in the order of the page. */
const { toolTest, note } = testWith('chromium');

const PAGES = { en: 'console.md', es: 'console.es.md' } as const satisfies Record<Language, string>;
/** A step that says what to write, by its number. */
const WRITES = { 8: { en: 'Not worth dialing', es: 'No vale la pena marcarlos' } } as const;
/** The last step hands over a file. */
const LAST_STEP = 12;

let service: TestService;
let operations: Record<Language, TestOperation>;
let browser: ConsoleBrowser | undefined;
beforeAll(async () => {
  service = await TestService.start();
  operations = { en: await demoOperation(service), es: await demoOperation(service) };
  browser = await ConsoleBrowser.start(service);
});
afterAll(async () => {
  await browser?.stop();
  await service.stop();
});

toolTest.each(LANGUAGES)(
  `from the first screen to a list that a dialer takes (%s)${note}`,
  async (language) => {
    const way = { ...WAYS[0], language };
    const open = await present(browser).open('/', operations[language].token, way);
    const { page } = open;
    const steps = stepsOf(language);
    expect(steps.map(({ number }) => number)).toEqual(Array.from({ length: LAST_STEP }, (_, at) => at + 1));
    for (const { number, presses } of steps) {
      await settled(page);
      for (const name of presses.slice(0, -1)) await press(page, name);
      const last = presses.at(-1);
      if (number === LAST_STEP && last !== undefined) {
        const [download] = await Promise.all([page.waitForEvent('download'), press(page, last)]);
        const lines = readFileSync(await download.path(), 'utf8')
          .trim()
          .split('\n');
        expect(lines.length).toBeGreaterThan(100);
        expect(lines.every((line) => /^\+?\d{6,15}$/.test(line.trim()))).toBe(true);
      } else if (last !== undefined) {
        await press(page, last);
      }
      const words = number === 8 ? WRITES[number][language] : undefined;
      if (words !== undefined) await page.getByRole('dialog').getByRole('textbox').fill(words);
      await expectSound(open, `after step ${number}`);
    }
    await open.context.close();
  },
);

interface Step {
  readonly number: number;
  /** Names of what is pressed; `…` stands for anything. */
  readonly presses: readonly string[];
}

function stepsOf(language: Language): Step[] {
  const page = readFileSync(new URL(`../../../../docs/guide/${PAGES[language]}`, import.meta.url), 'utf8');
  return [...page.matchAll(/^(\d+)\. ((?:.+\n)(?: {3,}.+\n)*)/gm)].map(([, number, text = '']) => ({
    number: Number(number),
    presses: [...text.replace(/\s+/g, ' ').matchAll(/\*\*(.+?)\*\*/g)].map(([, name = '']) => name),
  }));
}

/** Presses what has this name: a link, a button, a choice. In a dialog that is open nothing else can be pressed. */
async function press(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  const place = (await dialog.count()) > 0 ? dialog : page;
  const parts = name.split('…').map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const named = new RegExp(`^${parts.join('.*')}`);
  const target = place
    .getByRole('link', { name: named })
    .or(place.getByRole('button', { name: named }))
    .or(place.getByRole('radio', { name: named }))
    .first();
  await target.waitFor();
  await pressed(target);
}

async function pressed(target: Locator): Promise<void> {
  // A choice may be drawn over by its label.
  if ((await target.getAttribute('type')) === 'radio') await target.check({ force: true });
  else await target.click();
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('no browser');
  return value;
}
