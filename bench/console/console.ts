import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import { Demo } from '../../packages/cli/test/spawned-demo.js';
import { settled } from '../../packages/server/test/console/settled.js';
import { type Answer, atMost, type Figure, figure } from '../answer.js';
import { numbersFrom } from '../args.js';
import { summarize, summaryLine } from '../stats.js';

/** Screens as the navigation names them in English. */
const SCREENS = ['Machine codes', 'List quality', 'Imports', 'API and tokens', 'Administration', 'Overview'];
const USABLE_MAX_MS = 1_000;
const FIRST_LOAD_MAX_KB = 200;
/** A screen that shows nothing by then has a fault. */
const FIRST_MAX_MS = 60_000;
const LOOK_EVERY_MS = 5;

/** What the demo's console costs a browser: script for the first screen, and time from a click until a screen can be used. */
export async function consoleScreens(argv: readonly string[], say: (line: string) => void): Promise<Answer> {
  const { attempts, runs } = numbersFrom(argv, { attempts: 200_000, runs: 7 });
  const data = await mkdtemp(join(tmpdir(), 'recuento-bench-console-'));
  const demo = await Demo.start(data, undefined, attempts);
  try {
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      return {
        about:
          'The console of the demo in Chromium: bytes of script that the first screen fetched, as they came over the network, and ' +
          'the times from a click in the navigation until the screen has its first figures and can be used, and until nothing of it is ' +
          'loading any more.',
        setting: `${attempts} attempts; ${runs} runs, medians; 1280 by 860`,
        figures: await figuresOf(browser, demo, runs, say),
      };
    } finally {
      await browser.close();
    }
  } finally {
    await demo.stop();
    await rm(data, { recursive: true, force: true });
  }
}

async function figuresOf(
  browser: Browser,
  demo: Demo,
  runs: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1280, height: 860 } });
  const scripts = await scriptsFetched(page);
  await page.goto(demo.link);
  await settled(page);
  const figures = [
    figure('script of the first screen, kB', scripts.bytes / 1_000, '', atMost(FIRST_LOAD_MAX_KB)),
  ];
  for (const screen of SCREENS) {
    const link = page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen });
    const [usable_ms, whole_ms]: [number[], number[]] = [[], []];
    for (let run = 0; run < runs; run += 1) {
      await page.goto(`${demo.url}/administration?run=${run}`); // what was fetched before is not used again
      await settled(page);
      if (screen === 'Administration') await page.goto(`${demo.url}/imports`).then(() => settled(page));
      const began_ms = performance.now();
      await link.click();
      await page.getByRole('heading', { name: screen, level: 1 }).waitFor();
      await hasFigures(page);
      usable_ms.push(performance.now() - began_ms);
      await settled(page);
      whole_ms.push(performance.now() - began_ms);
    }
    const [usable, whole] = [summarize(usable_ms), summarize(whole_ms)];
    say(summaryLine(screen, usable));
    figures.push(
      figure(`${screen}: click until usable, median`, usable.median_ms, 'ms', atMost(USABLE_MAX_MS)),
      figure(`${screen}: click until all is there, median`, whole.median_ms, 'ms'),
    );
  }
  return figures;
}

/** The first part of the screen has what it shows. */
async function hasFigures(page: Page): Promise<void> {
  const first = page.locator('main').locator('.panel, .table').first();
  await first.waitFor({ timeout: FIRST_MAX_MS });
  const began_ms = performance.now();
  while ((await first.locator('.loading').count()) > 0 && performance.now() - began_ms < FIRST_MAX_MS)
    await wait(LOOK_EVERY_MS);
}

/** Counts bytes of scripts as they come over the network, compressed. */
async function scriptsFetched(page: Page): Promise<{ readonly bytes: number }> {
  const counted = { bytes: 0 };
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  const scripts = new Set<string>();
  network.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) counted.bytes += encodedDataLength;
  });
  return counted;
}
