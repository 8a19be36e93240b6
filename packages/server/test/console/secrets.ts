import { expect } from 'vitest';
import type { OpenPage } from './console-browser.js';

/** What a page shows, has in its fields, and could keep: its address, its storage, its databases, the state of its history. */
const LEFT_IN_PAGE = `(async () => JSON.stringify([
  document.documentElement.outerHTML,
  [...document.querySelectorAll('input, textarea, select')].map(({ value }) => value),
  location.href,
  history.state,
  { ...localStorage },
  { ...sessionStorage },
  await indexedDB.databases(),
  await caches.keys(),
]))()`;

/** That a secret is nowhere in the browser: not in the page, its address or its storage, and in no cookie. */
export async function expectNowhere({ page, context }: OpenPage, secret: string): Promise<void> {
  expect(secret.length, 'a secret').toBeGreaterThan(20);
  // A dialog that was closed is hidden at once, and taken out of the page a moment later.
  await page.locator('dialog').waitFor({ state: 'detached' });
  const left = await page.evaluate<string>(LEFT_IN_PAGE);
  expect(left).not.toContain(secret);
  expect(JSON.stringify(await context.storageState())).not.toContain(secret);
}

/** The secret that a page shows, with the sentence that it is shown only now. */
export async function shownSecret({ page }: OpenPage): Promise<string> {
  const box = page.locator('.shown-once');
  await box.waitFor();
  return (await box.locator('code').textContent()) ?? '';
}
