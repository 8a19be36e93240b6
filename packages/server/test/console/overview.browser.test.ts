import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { attempt, type TestOperation, TestService } from '../harness.js';
import { testWith } from '../tools.js';
import { ConsoleBrowser, expectSound, WAYS } from './console-browser.js';
import { demoOperation, midnight_s } from './demo-data.js';

/** The overview: what it shows, where its numbers lead, and that it stays up to date without drawing what did not change. */
const { toolTest, note } = testWith('chromium');

/** What is known of trunks and hours has to be learned when it is first asked for. */
const LEARNED_MS = 60_000;

let service: TestService;
let demo: TestOperation;
let browser: ConsoleBrowser | undefined;
beforeAll(async () => {
  service = await TestService.start();
  demo = await demoOperation(service);
  browser = await ConsoleBrowser.start(service);
}, 120_000);
afterAll(async () => {
  await browser?.stop();
  await service.stop();
});

const WORDS = {
  en: {
    title: 'Overview',
    last: /^Last day dialed/,
    machine: 'Machine recognitions by code',
    table: 'Table',
    picture: 'Save picture',
    period: 'Period',
    campaigns: 'Campaigns',
    trunks: 'Trunks',
    trunk: /^Trunk .*cali-1/,
    close: 'Close',
    troubles: 'Faults and alarms',
    outage: 'Outage',
    best: 'Best hours to dial next',
  },
  es: {
    title: 'Resumen',
    last: /^Último día en que se marcó/,
    machine: 'Reconocimientos de máquina por código',
    table: 'Tabla',
    picture: 'Guardar imagen',
    period: 'Período',
    campaigns: 'Campañas',
    trunks: 'Troncales',
    trunk: /^Troncal .*cali-1/,
    close: 'Cerrar',
    troubles: 'Fallas y alarmas',
    outage: 'Caída',
    best: 'Mejores horas para marcar',
  },
} as const;

toolTest.each(WAYS.map((way) => [way.language, way.colorScheme, way] as const))(
  `the demo's overview: every panel, and where it leads (%s, %s)${note}`,
  async (language, _scheme, way) => {
    const words = WORDS[language];
    const open = await present(browser).open('/', demo.token, way);
    const { page } = open;
    await page.getByRole('heading', { level: 1, name: words.title }).waitFor();
    await page.getByRole('heading', { name: words.last }).waitFor();
    await page
      .getByRole('region', { name: words.troubles })
      .getByText(words.outage)
      .first()
      .waitFor({ timeout: LEARNED_MS });
    await page.getByRole('heading', { name: words.best }).waitFor({ timeout: LEARNED_MS });
    await expectSound(open, 'the overview');

    // The table behind the chart has the numbers of the API, and its days lead to their telephones.
    const chart = page.getByRole('figure', { name: words.machine });
    await chart.getByLabel(words.table).check();
    const days = await dayTotals();
    const rows = chart.getByRole('row');
    expect(await rows.count()).toBe(1 + 30);
    const cells = await rows
      .last()
      .locator('xpath=preceding-sibling::tr[1]')
      .getByRole('cell')
      .allTextContents();
    expect(numberOf(cells[0])).toBe(days.at(-1)?.no_answer);
    await expectSound(open, 'a table behind a chart');
    const yesterday = new Date((midnight_s(Date.now()) - 43_200) * 1_000).toISOString().slice(0, 10);
    await chart
      .getByRole('link')
      .last()
      .locator('xpath=ancestor::tr/preceding-sibling::tr[1]')
      .getByRole('link')
      .click();
    await page.waitForURL((url) => url.pathname === '/machine-codes');
    const { searchParams } = new URL(page.url());
    expect([searchParams.get('from'), searchParams.get('to')]).toEqual([yesterday, yesterday]);
    await page.goBack();

    // By keyboard a chart is read point by point, and Enter leads where a click does.
    const plot = page.getByRole('slider', { name: words.machine });
    await plot.focus();
    await page.keyboard.press('ArrowLeft');
    expect(
      numberOf(/\d[\d.,]*/.exec((await plot.getAttribute('aria-valuetext'))?.split(': ')[1] ?? '')?.[0]),
    ).toBe(days.at(-1)?.no_answer);
    await page.keyboard.press('Enter');
    await page.waitForURL(
      (url) => url.pathname === '/machine-codes' && url.searchParams.get('from') === yesterday,
    );
    await page.goBack();

    const saved = page.waitForEvent('download');
    await page
      .getByRole('figure', { name: words.machine })
      .getByRole('button', { name: words.picture })
      .click();
    expect((await saved).suggestedFilename()).toMatch(/\.png$/);

    await page.getByRole('region', { name: words.trunks }).getByRole('link', { name: 'cali-1' }).click();
    const dialog = page.getByRole('dialog', { name: words.trunk });
    await dialog.getByRole('slider').first().waitFor();
    await expectSound(open, 'a trunk');
    await dialog.getByRole('button', { name: words.close }).click();
    await page.waitForURL((url) => !url.searchParams.has('trunk'));

    await page.getByRole('region', { name: words.campaigns }).getByRole('link', { name: /^1003/ }).click();
    await page.waitForURL((url) => url.searchParams.get('campaign') === '1003');
    await page.getByLabel(words.period, { exact: true }).selectOption('yesterday');
    await page.waitForURL((url) => url.searchParams.get('period') === 'yesterday');
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
    await expectSound(open, 'one campaign of one day');
    await open.context.close();
  },
  120_000,
);

toolTest(`where nothing was ever dialed, it says what to do${note}`, async () => {
  const empty = await service.operation({ name: 'Empty' });
  const open = await present(browser).open('/', empty.token);
  const { page } = open;
  await page.getByText('Nothing was dialed in this period').waitFor();
  await expectSound(open, 'an empty operation');
  expect(await page.getByRole('heading', { level: 2 }).count()).toBe(0);
  await page.getByRole('link', { name: 'Import a file' }).click();
  await page.waitForURL((url) => url.pathname === '/imports');
  await open.context.close();
});

const HOSTILE = `<img src=x onerror="document.title='owned'">\u202E=HYPERLINK("x")${'w'.repeat(900)}`;

toolTest(`names of campaigns and trunks are shown as text, whatever they are${note}`, async () => {
  const operation = await service.operation({ name: 'Hostile' });
  const { operations, campaigns } = service.service.services.accounts;
  const { id } = await operations.byServer(operation.server);
  await campaigns.put(id, 7, { name: HOSTILE, type: 'predictive' });
  const dialed_at = new Date(midnight_s(Date.now()) * 1_000 - 3_600_000).toISOString();
  const dials = ['a', 'b'].map((attempt_id) =>
    attempt({ attempt_id, campaign_id: 7, dialed_at, trunk: HOSTILE, result: 'busy' }),
  );
  await operation.upload(dials);
  for (const way of WAYS) {
    const open = await present(browser).open('/', operation.token, way);
    const { page } = open;
    await page.getByRole('link', { name: '<img src=x onerror' }).nth(1).waitFor();
    expect(await page.locator('img').count()).toBe(0);
    await expectSound(open, 'hostile names');
    await page.getByRole('link', { name: '<img src=x onerror' }).last().click();
    await page.getByRole('dialog').getByRole('slider').first().waitFor();
    await expectSound(open, 'a hostile trunk');
    expect(await page.title()).toContain('Recuento');
    await open.context.close();
  }
});

/** The calls of `/v1/trend` that the screen makes: hours, days of the period before, campaigns, trunks. */
const TRENDS = 4;
const LONG = { timeout: 20_000 } as const;

/** A Wednesday, half past two in the afternoon of Bogota. */
const NOW_MS = Date.parse('2026-11-25T14:30:00-05:00');
const WEEK_MS = 7 * 86_400_000;

/** Two attempts an hour in the mornings of four Wednesdays, and three an hour today. */
async function wednesdays(operation: TestOperation): Promise<void> {
  const dials = [4, 3, 2, 1, 0].flatMap((weeks) =>
    [9, 10, 11].flatMap((hour) =>
      Array.from({ length: weeks === 0 ? 3 : 2 }, (_, index) =>
        attempt({
          attempt_id: `${weeks} ${hour} ${index}`,
          dialed_at: new Date(
            Date.parse(`2026-11-25T${String(hour).padStart(2, '0')}:00:00-05:00`) - weeks * WEEK_MS,
          ).toISOString(),
          result: index === 0 ? 'answer' : 'busy',
        }),
      ),
    ),
  );
  await operation.upload(dials);
}

toolTest(
  `today against what is usual; every five minutes it asks, and draws what changed${note}`,
  async () => {
    const operation = await service.operation({ name: 'Live' });
    await wednesdays(operation);
    service.stands_at_ms = NOW_MS;
    try {
      const { page, context, problems } = await present(browser).open('/imports', operation.token);
      const trends = await trendsOf(page);
      await page.clock.install({ time: NOW_MS });
      await page.goto(service.service.url);
      const today = page.getByRole('region', { name: 'Today' });
      await today.getByText('50% more than usual').first().waitFor();
      await page.getByText('As of 2:30').waitFor();
      await page
        .getByText('None in this period.')
        .or(page.getByText('No attempts arrive').first())
        .first()
        .waitFor();
      await page
        .getByText(/^Loading/)
        .first()
        .waitFor({ state: 'detached' });
      await expect.poll(trends.statuses, LONG).toEqual(Array(TRENDS).fill(200));
      trends.forget();

      // Nothing changed: all is told by 304, and only the time of the last look is drawn anew.
      await page.evaluate(WATCH_DRAWING);
      await page.clock.fastForward('05:01');
      await page.getByText('As of 2:35').waitFor();
      await expect.poll(trends.statuses, LONG).toEqual(Array(TRENDS).fill(304));
      trends.forget();
      expect(await page.evaluate('window.drawn')).toEqual([]);

      // A hidden tab asks nothing, and one that is looked at again asks at once.
      await setVisibility(page, 'hidden');
      await page.clock.fastForward('20:00');
      await setVisibility(page, 'visible');
      await page.getByText('As of 2:55').waitFor();
      await expect.poll(trends.statuses, LONG).toEqual(Array(TRENDS).fill(304));

      const dialed_at = '2026-11-25T11:30:00-05:00';
      await operation.upload([9, 8, 7].map((number) => attempt({ attempt_id: `late ${number}`, dialed_at })));
      await page.clock.fastForward('05:01');
      await today.getByText('100% more than usual').first().waitFor();
      expect(problems).toEqual([]);
      await context.close();
    } finally {
      service.stands_at_ms = undefined;
    }
  },
  120_000,
);

/** With which statuses the service itself answered the calls of `/v1/trend`: a page sees 200 where the browser was told 304. */
async function trendsOf(page: Page) {
  const tools = await page.context().newCDPSession(page);
  // Both are told in any order.
  const asked = new Set<string>();
  const statuses = new Map<string, number>();
  tools.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.includes('/v1/trend')) asked.add(requestId);
  });
  tools.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) =>
    statuses.set(requestId, statusCode),
  );
  await tools.send('Network.enable');
  return {
    statuses: () => [...asked].flatMap((id) => statuses.get(id) ?? []),
    forget: () => asked.clear(),
  };
}

/** Notes what is drawn anew, except the time of the last look under the title. */
const WATCH_DRAWING = `
  window.drawn = [];
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement;
      if (element && !element.closest('.screen-head')) window.drawn.push(element.outerHTML.slice(0, 200));
    }
  }).observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true, attributes: true });
`;

async function setVisibility(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate(
    `Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => '${state}' });
     document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));`,
  );
}

/** The demo's days as the API counts them. */
async function dayTotals(): Promise<readonly Record<string, number>[]> {
  const to = midnight_s(Date.now()) + 86_399;
  const query = new URLSearchParams({
    campaign_id: 'all',
    from: new Date((to - 30 * 86_400 + 1) * 1_000).toISOString(),
    to: new Date(to * 1_000).toISOString(),
  });
  const reply = await service.v1('GET', `/trend?${query}`, demo.token);
  const { trend } = (await reply.json()) as { trend: Record<string, number>[] };
  return trend;
}

/** A number as either language writes it. */
function numberOf(text: string | undefined): number {
  return Number(text?.replace(/\D/g, ''));
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('no browser');
  return value;
}
