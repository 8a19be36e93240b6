import type { Language } from '@recuento/contract';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TestService } from '../harness.js';
import { toolPath } from '../tools.js';
import { seriousFindings } from './axe.js';
import { settled } from './settled.js';

/** How a person may have the console. */
export const WAYS = [
  { language: 'en', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { language: 'es', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const satisfies readonly Way[];

export interface Way {
  readonly language: Language;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark';
}

/** A page of the console, and what it complained of, or asked of others. */
export interface OpenPage {
  readonly page: Page;
  readonly problems: string[];
  readonly context: BrowserContext;
}

/** Real browsers on a test service's console. */
export class ConsoleBrowser {
  readonly #service: TestService;
  readonly #browser: Browser;

  private constructor(service: TestService, browser: Browser) {
    this.#service = service;
    this.#browser = browser;
  }

  /** Undefined where this machine has no browser: then tests say that they are skipped (`testWith`). */
  static async start(service: TestService): Promise<ConsoleBrowser | undefined> {
    const executablePath = toolPath('chromium');
    if (executablePath === undefined) return undefined;
    return new ConsoleBrowser(service, await chromium.launch({ executablePath, args: ['--no-sandbox'] }));
  }

  async stop(): Promise<void> {
    await this.#browser.close();
  }

  /**
   * Opens a screen, signed in with a token; without one, as somebody who has not signed in.
   *
   * @param path with its query: `/machine-codes?period=7d`
   */
  async open(path: string, token: string | undefined, way: Way = WAYS[0]): Promise<OpenPage> {
    const { url } = this.#service.service;
    const context = await this.#browser.newContext({
      locale: way.language === 'es' ? 'es-CO' : 'en-US',
      viewport: { ...way.viewport },
      colorScheme: way.colorScheme,
      acceptDownloads: true,
    });
    if (token !== undefined) await context.addCookies([await sessionCookie(url, token)]);
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => {
      const asked = request.url();
      if (!asked.startsWith(url) && !/^(data|blob):/.test(asked)) problems.push(`asks ${asked}`);
    });
    await page.goto(url + path);
    return { page, problems, context };
  }
}

async function sessionCookie(url: string, token: string) {
  const reply = await fetch(`${url}/v1/session`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  const [, name = '', value = ''] = /^(\w+)=([^;]+)/.exec(reply.headers.get('set-cookie') ?? '') ?? [];
  return { name, value, domain: new URL(url).hostname, path: '/v1', httpOnly: true };
}

/** That a screen shuts nobody out, complains of nothing, asks nobody else, and does not scroll sideways. */
export async function expectSound({ page, problems }: OpenPage, what: string): Promise<void> {
  await settled(page);
  expect(problems, what).toEqual([]);
  expect(await seriousFindings(page), what).toEqual([]);
  const [wide = 0, screen = 0] = await page.evaluate<number[]>(
    '[document.documentElement.scrollWidth, window.innerWidth]',
  );
  expect(wide, `${what} scrolls sideways`).toBeLessThanOrEqual(screen);
}
