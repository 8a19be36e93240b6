import { readFile } from 'node:fs/promises';
import { EXPORT_FORMATS } from '@recuento/contract';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { type TestOperation, TestService } from '../harness.js';
import { asking, putAside } from '../quarantine/follower.js';
import { testWith } from '../tools.js';
import { postCampaign } from '../uploads.js';
import { ConsoleBrowser, expectSound, type OpenPage, WAYS, type Way } from './console-browser.js';
import { ADMINISTRATOR, demoOperation } from './demo-data.js';

/** The quarantine and the hand-over of the screen of list quality. */
const { toolTest, note } = testWith('chromium');

let service: TestService;
let demo: TestOperation;
let browser: ConsoleBrowser | undefined;
beforeAll(async () => {
  service = await TestService.start();
  demo = await demoOperation(service, { attempts: 3_000 });
  browser = await ConsoleBrowser.start(service);
});
afterAll(async () => {
  await browser?.stop();
  await service.stop();
});

const WORDS = {
  en: {
    list: 'Put a list aside',
    telephones: 'Telephones, one a line',
    why: 'Why',
    until: 'Until when',
    put: /^Put .* aside…$/,
    confirm: 'Put them aside',
    done: '3 telephones are put aside.',
    to_dialer: 'Hand them to the dialer',
    back: /^Put back…/,
    back_confirm: 'Put it back',
    back_done: 'It is put back.',
    close: 'Close',
    undo: /^Undo…/,
    undo_confirm: 'Undo it',
    undo_counts: '1 telephone goes back and may be dialed again at once. 1 that it took stays aside',
    undone: 'Undone: 1 telephone is as it would be without it.',
    download: /^Download/,
    saved: /is saved and complete/,
    none: 'Nothing is put aside.',
    nothing_done: 'Nothing was done yet.',
    nothing: 'There is nothing to hand over.',
  },
  es: {
    list: 'Apartar una lista',
    telephones: 'Teléfonos, uno por línea',
    why: 'Por qué',
    until: 'Hasta cuándo',
    put: /^Apartar .*…$/,
    confirm: 'Apartarlos',
    done: '3 teléfonos quedaron apartados.',
    to_dialer: 'Entregarlos al marcador',
    back: /^Devolver…/,
    back_confirm: 'Devolverlo',
    back_done: 'Quedó devuelto.',
    close: 'Cerrar',
    undo: /^Deshacer…/,
    undo_confirm: 'Deshacerlo',
    undo_counts: '1 teléfono vuelve y se le puede marcar de inmediato. 1 de los que tomó sigue apartado',
    undone: 'Deshecho: 1 teléfono quedó como estaría sin él.',
    download: /^Descargar/,
    saved: /quedó guardado y completo/,
    none: 'No hay nada apartado.',
    nothing_done: 'Todavía no se ha hecho nada.',
    nothing: 'No hay nada que entregar.',
  },
} as const;

const QUARANTINE = '/list-quality?tab=quarantine';
const HAND_OVER = '/list-quality?tab=hand-over';
const EACH_WAY = WAYS.map((way) => [way.language, way.colorScheme, way] as const);

/** Asks `/v1/hygiene` beside the browser. */
const askOf = (operation: TestOperation) => asking(() => service.service.url, operation.token);
const asideOf = async (operation: TestOperation) =>
  (await putAside(askOf(operation))).map(({ telephone }) => telephone);

async function quarantined(operation: TestOperation, body: object): Promise<string> {
  const { status, json } = await askOf(operation)('POST', '/quarantine', { reason: 'a test', ...body });
  expect(status).toBe(201);
  return json.id;
}

async function opened(path: string, token: string, way?: Way): Promise<OpenPage> {
  if (!browser) throw new Error('no browser');
  return browser.open(path, token, way);
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const dialog = (page: Page) => page.getByRole('dialog');

toolTest.each(EACH_WAY)(
  `a list is put aside, one telephone put back, and the rest handed to a dialer (%s, %s)${note}`,
  async (language, _scheme, way) => {
    const words = WORDS[language];
    const operation = await service.operation();
    const open = await opened(QUARANTINE, operation.token, way);
    const { page } = open;
    await button(page, words.list).click();
    await page.getByLabel(words.telephones).fill('Telephone\n573001\n573002\n573002\n573003\n57300;Ana\n');
    await page.getByLabel(words.why, { exact: true }).fill('asked by mail');
    await page.getByLabel(words.until).selectOption('30');
    await button(page, words.put).click();
    await expectSound(open, 'the last question');
    await button(page, words.confirm).click();
    await page.getByText(words.done).waitFor();
    expect(await putAside(askOf(operation))).toMatchObject(
      ['573001', '573002', '573003'].map((telephone) => ({
        telephone,
        reason: 'asked by mail',
        rule: null,
      })),
    );
    await button(page, words.back).nth(1).waitFor();
    await button(page, words.back).nth(1).click();
    await dialog(page).getByText('573002').waitFor();
    await button(page, words.back_confirm).click();
    await page.getByText(words.back_done).waitFor();
    await dialog(page).getByText(words.close).click();
    await page.getByRole('row').filter({ hasText: '573002' }).waitFor({ state: 'detached' });
    expect(await asideOf(operation)).toEqual(['573001', '573003']);
    await button(page, '573003').click();
    await dialog(page).getByText('asked by mail').waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('link', { name: words.to_dialer }).click();
    await page.getByRole('radio', { name: 'Vicidial' }).first().waitFor();
    await page.getByText('573001').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button(page, words.download).click(),
    ]);
    expect(download.suggestedFilename()).toBe('vicidial-dnc.txt');
    expect(await readFile(await download.path(), 'utf8')).toBe('573001\n573003\n');
    await page.getByText(words.saved).waitFor();
    await expectSound(open, 'the hand-over, done');

    // One of the two is held by another act as well.
    await quarantined(operation, { telephones: ['573001'], until: '2090-01-01T00:00:00Z' });
    await page.goto(service.service.url + QUARANTINE);
    await button(page, words.undo).last().click();
    await dialog(page).getByText(words.undo_counts).waitFor();
    await expectSound(open, 'what is put aside, before the act is undone');
    await button(page, words.undo_confirm).click();
    await page.getByText(words.undone).waitFor();
    expect(await asideOf(operation)).toEqual(['573001']);
    await open.context.close();
  },
);

toolTest.each(EACH_WAY)(
  `an operation that put nothing aside is told so, and what to do (%s, %s)${note}`,
  async (language, _scheme, way) => {
    const words = WORDS[language];
    const operation = await service.operation();
    const open = await opened(QUARANTINE, operation.token, way);
    await open.page.getByText(words.none).waitFor();
    await open.page.getByText(words.nothing_done).waitFor();
    await expectSound(open, 'an empty quarantine');
    await open.page.goto(service.service.url + HAND_OVER);
    await open.page.getByText(words.nothing).waitFor();
    await expectSound(open, 'nothing to hand over');
    await open.context.close();
  },
);

toolTest.each(EACH_WAY)(
  `hostile texts are shown as texts (%s, %s)${note}`,
  async (_language, _scheme, way) => {
    const operation = await service.operation();
    const telephones = [
      '<img src=x onerror=alert(1)>',
      '=HYPERLINK("x","y")',
      '\u202e573001',
      '9'.repeat(64),
    ];
    const reason = `<img src=x onerror=alert(2)> \u202e${'w'.repeat(900)}`;
    const name = `=cmd|' /C calc'!A0 <b>${'n'.repeat(900)}`;
    await quarantined(operation, { telephones, reason });
    await operation.upload([
      {
        attempt_id: '1',
        campaign_id: 1,
        telephone: '1',
        dialed_at: new Date().toISOString(),
        result: 'busy',
      },
    ]);
    await quarantined(operation, {
      rule: {
        name,
        campaign_id: 'all',
        conditions: [{ kind: 'dialed', at_least: 1, within_days: 7 }],
        quarantine_days: null,
      },
      reason,
    });
    const open = await opened(QUARANTINE, operation.token, way);
    const { page } = open;
    for (const telephone of telephones) await button(page, telephone).first().waitFor();
    await page.getByText(name).first().waitFor();
    await expectSound(open, 'hostile telephones');
    await button(page, telephones[0] ?? '')
      .first()
      .click();
    await dialog(page).getByText(reason).waitFor();
    await expectSound(open, 'a hostile history');
    await page.goto(`${service.service.url}${HAND_OVER}&dialer=csv`);
    await page.getByText(telephones[0] ?? '').waitFor();
    await expectSound(open, 'a hostile file');
    expect(await page.locator('main img').count()).toBe(0);
    await open.context.close();
  },
);

toolTest(`a search finds a telephone that is aside, or says that it is not${note}`, async () => {
  const operation = await service.operation();
  await quarantined(operation, { telephones: ['573001', '573002'] });
  await askOf(operation)('POST', '/restore', { telephones: ['573002'], reason: 'a mistake' });
  const { page, context } = await opened(QUARANTINE, operation.token);
  await page.getByRole('searchbox').fill('573002');
  await page.keyboard.press('Enter');
  await page.getByText('It is not put aside.').waitFor();
  expect(new URL(page.url()).searchParams.get('telephone')).toBe('573002');
  await button(page, 'History').click();
  await dialog(page).getByText('a mistake').waitFor();
  await page.keyboard.press('Escape');
  await button(page, 'Show all').click();
  await button(page, '573001').waitFor();
  await context.close();
});

toolTest(`a page has 50 telephones, and what holds them leads to its own${note}`, async () => {
  const operation = await service.operation();
  const numbers = Array.from({ length: 60 }, (_, at) => String(573_000 + at));
  await quarantined(operation, { telephones: numbers, reason: 'many' });
  await postCampaign(operation, 'api=add_dnc', [{ telephone: '999', days_block: 5 }]);
  const { page, context } = await opened(QUARANTINE, operation.token);
  const rows = page.getByRole('row').filter({ has: page.getByRole('rowheader') });
  await rows.first().waitFor();
  expect(await rows.count()).toBe(50);
  await button(page, 'Next page').click();
  await button(page, '999').waitFor();
  expect(await rows.count()).toBe(11);
  await page.getByRole('link', { name: 'Do-not-call entries' }).click();
  await page.getByText('Only: Do-not-call entries').waitFor();
  await rows.nth(1).waitFor({ state: 'detached' });
  expect(await rows.allTextContents()).toEqual([expect.stringContaining('999')]);
  await context.close();
});

toolTest(`a token that may only look is told so, and sees no way to act${note}`, async () => {
  const operation = await service.operation();
  await quarantined(operation, { telephones: ['573001'] });
  const open = await opened(QUARANTINE, await operation.newToken(['report']));
  const { page } = open;
  await button(page, '573001').waitFor();
  await page.getByText('needs the scope admin').waitFor();
  for (const name of ['Put a list aside', /^Undo/, /^Put back/])
    expect(await button(page, name).count()).toBe(0);
  await expectSound(open, 'a quarantine to look at');
  await open.context.close();
});

toolTest(`a list whose reply is lost is told so, and going on takes nothing twice${note}`, async () => {
  const operation = await service.operation();
  const { page, context } = await opened(QUARANTINE, operation.token);
  let lost = 0;
  await page.route('**/v1/hygiene/quarantine?*', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue();
    lost += 1;
    // It reaches the service, and the network goes away before the reply.
    await route.fetch();
    return route.abort();
  });
  await button(page, 'Put a list aside').click();
  const file = '<img src=x onerror=alert(3)>.csv';
  await page
    .getByLabel('or choose a text file')
    .setInputFiles({ name: file, mimeType: 'text/csv', buffer: Buffer.from('Phone\r\n1\r\n2\r\n3\r\n') });
  await page.getByText(file).waitFor();
  await page.getByLabel('Why', { exact: true }).fill('gone');
  await button(page, /^Put 3 telephones aside…/).click();
  await button(page, 'Put them aside').click();
  await page.getByText('No answer came. 0 of 3').waitFor();
  expect(await asideOf(operation)).toEqual(['1', '2', '3']);
  await button(page, 'Go on').click();
  await page.getByText('The other 3 were aside already').waitFor();
  const { json } = await askOf(operation)('GET', '/acts');
  expect(json.acts.map(({ telephones }: { telephones: number }) => telephones)).toEqual([0, 3]);
  await context.close();
});

toolTest(`a download that breaks off is told so, and can be made again${note}`, async () => {
  const operation = await service.operation();
  await quarantined(operation, { telephones: ['573001'] });
  const { page, context } = await opened(HAND_OVER, operation.token);
  await page.getByText('573001').waitFor();
  await page.route('**/v1/hygiene/export?*', (route) => route.abort(), { times: 1 });
  await button(page, /^Download/).click();
  await page.getByText('The download broke off, and nothing was saved.').waitFor();
  await button(page, /^Download/).click();
  await page.getByText('vicidial-dnc.txt is saved and complete').waitFor();
  await context.close();
});

toolTest(`who undoes what another has just undone is told so${note}`, async () => {
  const operation = await service.operation();
  const id = await quarantined(operation, { telephones: ['1', '2'] });
  const { page, context } = await opened(QUARANTINE, operation.token);
  await button(page, /^Undo…/).click();
  await dialog(page).getByText('2 telephones go back').waitFor();
  await askOf(operation)('POST', '/restore', { id });
  await button(page, 'Undo it').click();
  await dialog(page).getByText('There is nothing to undo any more').waitFor();
  await context.close();
});

toolTest(`what is due for a re-test is told with what comes next${note}`, async () => {
  const operation = await service.operation();
  const telephones = Array.from({ length: 250 }, (_, at) => String(573_000 + at));
  await quarantined(operation, { telephones, until: new Date(Date.now() + 3_600_000).toISOString() });
  service.ahead_ms = 2 * 3_600_000;
  try {
    await service.service.services.retests.look();
    const open = await opened(QUARANTINE, operation.token);
    const { page } = open;
    await page.getByText('150 telephones are due. The next 100 may be dialed again').waitFor();
    await page.getByText('Let 100 telephones up for a re-test').waitFor();
    await page.getByRole('link', { name: 'See them' }).click();
    await page.getByText('Only those that are due for a re-test.').waitFor();
    await expectSound(open, 'what is due');
    await open.context.close();
  } finally {
    service.ahead_ms = 0;
  }
});

toolTest(`each dialer has a file, steps, and a line of this operation without a secret${note}`, async () => {
  await quarantined(demo, { telephones: ['573001112233', 'no-number'] });
  const open = await opened(`${HAND_OVER}&operation=${demo.server}`, ADMINISTRATOR);
  const { page } = open;
  const steps = page.getByRole('region', { name: '3. Give it to the dialer' });
  await page.getByRole('radio').first().waitFor();
  const count = await page.getByRole('radio').count();
  expect(count).toBe(EXPORT_FORMATS.length);
  for (let at = 0; at < count; at += 1) {
    await page.getByRole('radio').nth(at).check();
    expect(await steps.getByRole('listitem').count(), String(at)).toBeGreaterThanOrEqual(2);
  }
  await page.getByText('573001112233').waitFor();
  const line = await page.getByLabel('Fetch the file').textContent();
  expect(line).toContain(`operation=${demo.server}`);
  expect(line).toContain('Bearer $RECUENTO_TOKEN');
  await page.getByRole('radio', { name: 'Asterisk Lines' }).check();
  await page.getByText('1 telephone cannot be written in this form').waitFor();
  await page.getByRole('radio', { name: 'The same API' }).check();
  await page.getByText('Customers belong to a campaign').waitFor();
  await page.getByLabel('Campaign', { exact: true }).selectOption('1001');
  await page.getByText('There is nothing to hand over.').waitFor();
  await expectSound(open, 'the hand-over by an administrator');
  await open.context.close();
});
