import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '@recuento/contract';
import { type Browser, chromium } from 'playwright-core';
import { Demo } from '../packages/cli/test/spawned-demo.js';
import { settled } from '../packages/server/test/console/settled.js';
import { DEVICES, REASON, SHOTS } from './shots.js';

/**
 * `npm run pictures`: a demo for each language, and each screen of it in Debian's Chromium, on a laptop and a telephone. They are written
 * where the README and the guide show them.
 */
const TO = 'docs/img/console';

/** As many as `npm run demo` has. */
const ATTEMPTS = 200_000;

await mkdir(TO, { recursive: true });
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  for (const language of LANGUAGES) await shootAll(browser, language);
} finally {
  await browser.close();
}

async function shootAll(browser: Browser, language: Language): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'recuento-pictures-'));
  const demo = await Demo.start(data, undefined, ATTEMPTS);
  try {
    await putAside(demo, language);
    for (const [device, viewport] of Object.entries(DEVICES)) {
      await shoot(browser, demo, language, device, viewport);
    }
  } finally {
    await demo.stop();
    await rm(data, { recursive: true, force: true });
  }
}

/** So that the quarantine and the hand-over have something to show. */
async function putAside(demo: Demo, language: Language): Promise<void> {
  const reply = await fetch(`${demo.url}/v1/hygiene/quarantine`, {
    method: 'POST',
    headers: { authorization: `Bearer ${demo.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ rule_id: 'balanced', reason: REASON[language] }),
  });
  if (!reply.ok) throw new Error(await reply.text());
}

async function shoot(
  browser: Browser,
  demo: Demo,
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
  for (const { name, path, prepare } of SHOTS) {
    await page.goto(demo.url + path);
    await settled(page);
    await prepare?.(page, language);
    await settled(page);
    await page.screenshot({ path: join(TO, `${name}-${device}-${language}.png`) });
  }
  await context.close();
}
