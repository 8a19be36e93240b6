// Makes the pictures of the console that the README and the guide show: `npm run pictures`.
// It runs a demo of its own, in a directory that is deleted afterwards, and opens each screen in Debian's Chromium.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const TO = 'docs/img/console';

/** Attempts of the demo that is shown: what `npm run demo` has. */
const ATTEMPTS = 200_000;

/** How wide and high the pictures are, in CSS pixels. */
const WIDTHS = {
  desktop: { width: 1280, height: 860 },
  phone: { width: 390, height: 844 },
};

/** What is shown: a screen's address, what to wait for, and what to press first. Heights differ where a screen is longer. */
const SHOTS = [
  { name: 'overview', path: '/' },
  { name: 'machine-codes', path: '/machine-codes' },
  { name: 'list-quality', path: '/list-quality' },
  { name: 'rules', path: '/list-quality?tab=rules' },
  { name: 'quarantine', path: '/list-quality?tab=quarantine' },
  { name: 'hand-over', path: '/list-quality?tab=hand-over' },
  { name: 'imports', path: '/imports' },
  { name: 'tokens', path: '/tokens' },
  { name: 'administration', path: '/administration' },
];

const data = await mkdtemp(join(tmpdir(), 'recuento-pictures-'));
const demo = spawn(
  process.execPath,
  ['packages/cli/bin/recuento.js', 'demo', '--port', '0', '--data', data, '--attempts', String(ATTEMPTS)],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
try {
  await mkdir(TO, { recursive: true });
  const { url, token } = await greeted(demo);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  for (const language of ['en', 'es']) {
    for (const [device, viewport] of Object.entries(WIDTHS)) {
      await shoot(browser, { url, token, language, device, viewport });
    }
  }
  await browser.close();
} finally {
  demo.kill('SIGTERM');
  await new Promise((resolve) => demo.once('exit', resolve));
  await rm(data, { recursive: true, force: true });
}

/** The demo's address and token, when it has said them. */
async function greeted({ stdout }) {
  let said = '';
  for await (const chunk of stdout) {
    said += chunk;
    if (/Stop it with/.test(said)) break;
  }
  stdout.resume();
  return { url: /URL\s+(\S+)/.exec(said)[1], token: /Token\s+(\S+)/.exec(said)[1] };
}

async function shoot(browser, { url, token, language, device, viewport }) {
  const locale = language === 'es' ? 'es-CO' : 'en-US';
  const context = await browser.newContext({ locale, viewport, colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('input[type=password]').fill(token);
  await page.keyboard.press('Enter');
  await page.locator('nav.screens').waitFor();
  for (const { name, path } of SHOTS) {
    await page.goto(url + path);
    await page.locator('h1').waitFor();
    await page.waitForFunction(() => document.querySelector('.loading') === null, undefined, {
      timeout: 60_000,
    });
    await page.screenshot({ path: join(TO, `${name}-${device}-${language}.png`) });
  }
  await context.close();
}
