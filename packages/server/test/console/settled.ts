import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** A screen that is not there by then has a fault. */
const SHOWN_MAX_MS = 120_000;
const LOOK_EVERY_MS = 5;

/** Waits until a screen is drawn, and nothing of it is loading any more. (The policy of its pages forbids to wait by a script of ours.) */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').waitFor({ timeout: SHOWN_MAX_MS });
  const began_ms = performance.now();
  while ((await page.locator('.loading, [aria-busy=true]').count()) > 0) {
    if (performance.now() - began_ms > SHOWN_MAX_MS) throw new Error('it is still loading');
    await wait(LOOK_EVERY_MS);
  }
}
