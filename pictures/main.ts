import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '@recuento/contract';
import { type Browser, chromium } from 'playwright-core';
import { Demo } from '../packages/cli/test/spawned-demo.js';
import { settled } from '../packages/server/test/console/settled.js';
import { DEVICES, SHOTS } from './shots.js';

/**
 * `npm run pictures`: a demo of its own, and each screen of it in Debian's Chromium, in both languages, on a laptop and a telephone.
 * They are written where the README and the guide show them.
 */
const TO = 'docs/img/console';

/** As many as `npm run demo` has. */
const ATTEMPTS = 200_000;

const data = await mkdtemp(join(tmpdir(), 'recuento-pictures-'));
const demo = await Demo.start(data, undefined, ATTEMPTS);
try {
  await mkdir(TO, { recursive: true });
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  for (const language of LANGUAGES) {
    for (const [device, viewport] of Object.entries(DEVICES)) {
      await shoot(browser, language, device, viewport);
    }
  }
  await browser.close();
} finally {
  await demo.stop();
  await rm(data, { recursive: true, force: true });
}

async function shoot(
  browser: Browser,
  language: Language,
  device: string,
  viewport: { readonly width: number; readonly height: number },
): Promise<void> {
  const locale = language === 'es' ? 'es-CO' : 'en-US';
  const context = await browser.newContext({ locale, viewport: { ...viewport }, colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(demo.url);
  await page.locator('input[type=password]').fill(demo.token);
  await page.keyboard.press('Enter');
  await page.locator('nav.screens').waitFor();
  for (const { name, path } of SHOTS) {
    await page.goto(demo.url + path);
    await page.locator('h1').waitFor();
    await settled(page);
    await page.screenshot({ path: join(TO, `${name}-${device}-${language}.png`) });
  }
  await context.close();
}
