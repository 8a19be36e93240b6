import type { Language } from '@recuento/contract';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { type TestOperation, TestService } from '../harness.js';
import { testWith } from '../tools.js';
import { ConsoleBrowser, expectSound, WAYS } from './console-browser.js';
import { demoOperation } from './demo-data.js';

/** List quality: verdicts, rules tried and kept, calibration. */
const { toolTest, note } = testWith('chromium');

let service: TestService;
let operation: TestOperation;
let browser: ConsoleBrowser | undefined;
beforeAll(async () => {
  service = await TestService.start();
  operation = await demoOperation(service);
  browser = await ConsoleBrowser.start(service);
});
afterAll(async () => {
  await browser?.stop();
  await service.stop();
});

const WORDS = {
  en: {
    invalid: 'Invalid number',
    telephones: 'Telephones',
    next: 'Next page',
    first: 'First page',
    search: 'Search',
    telephone: 'Telephone',
    close: 'Close',
    behind: 'Attempts behind it',
    trunks: 'How far trunks are believed',
    now: /It takes [\d,]+ of [\d,]+ telephones now/,
    spared: /Of every 100 dials, \d+ would have been spared|Of every 1,000 dials/,
    threshold: 'Threshold',
    chance: 'Chance in per cent',
    incomplete: 'Complete the rule',
    undo: 'Undo changes',
    name: 'Name',
    create: 'Save as your own rule',
    save: 'Save changes',
    saved: 'The rule is saved.',
    aside: 'Put them in quarantine…',
    why: 'Why',
    put: /^Put [\d,]+ telephones aside$/,
    done: /^[\d,]+ telephones were put aside\.$/,
    none_done: 'None was put aside',
    remove: 'Delete…',
    remove_now: 'Delete the rule',
    deleted: 'The rule is deleted.',
    chances: /^Of [\d,]+ attempts that were given a chance of/,
    said: 'What was said, and what happened',
    table: 'Table',
  },
  es: {
    invalid: 'Número inválido',
    telephones: 'Teléfonos',
    next: 'Página siguiente',
    first: 'Primera página',
    search: 'Buscar',
    telephone: 'Teléfono',
    close: 'Cerrar',
    behind: 'Los intentos detrás',
    trunks: 'Qué tanto se les cree a las troncales',
    now: /Ahora toma [\d.]+ de [\d.]+ teléfonos/,
    spared: /De cada (100|1\.000|1000) marcaciones se habrían ahorrado \d+/,
    threshold: 'Umbral',
    chance: 'Probabilidad en porcentaje',
    incomplete: 'Complete la regla',
    undo: 'Deshacer cambios',
    name: 'Nombre',
    create: 'Guardar como regla propia',
    save: 'Guardar cambios',
    saved: 'La regla quedó guardada.',
    aside: 'Ponerlos en cuarentena…',
    why: 'Por qué',
    put: /^Apartar [\d.]+ teléfonos$/,
    done: /^Se apartaron [\d.]+ teléfonos\.$/,
    none_done: 'No se apartó ninguno',
    remove: 'Borrar…',
    remove_now: 'Borrar la regla',
    deleted: 'La regla quedó borrada.',
    chances: /^De [\d.]+ intentos a los que se les dio/,
    said: 'Lo que se dijo y lo que pasó',
    table: 'Tabla',
  },
} as const satisfies Record<Language, unknown>;

const EACH_WAY = WAYS.map((way) => [way.language, way.colorScheme, way] as const);

toolTest.each(EACH_WAY)(
  `what is known of each number, and why (%s, %s)${note}`,
  async (language, _s, way) => {
    const words = WORDS[language];
    const open = await present(browser).open('/list-quality', operation.token, way);
    const { page } = open;
    const table = page.getByRole('region', { name: words.telephones }).getByRole('table');
    await page.getByRole('link', { name: words.invalid }).click();
    await page.waitForURL(/verdict=invalid/);
    await table.getByText(words.invalid).first().waitFor();
    await page.getByRole('region', { name: words.trunks }).getByText('satelite-1').first().waitFor();
    await settled(page);
    await expectSound(open, 'verdicts');
    const telephones = () => table.locator('tbody th').allTextContents();
    const first_page = await telephones();
    expect(first_page).toHaveLength(25);

    await page.getByRole('button', { name: words.next }).click();
    await page.getByRole('button', { name: words.first }).waitFor();
    await settled(page);
    const [on_second] = await telephones();
    expect(first_page).not.toContain(on_second);
    expect(await table.locator('tbody tr').count()).toBeLessThanOrEqual(25);

    const wanted = present(first_page[3]);
    await page.getByRole('searchbox', { name: words.telephone }).fill(wanted);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('telephone') === wanted);
    await settled(page);
    expect(await telephones()).toEqual([wanted]);

    await table.getByRole('button').click();
    const dialog = page.getByRole('dialog', { name: wanted });
    await dialog.getByRole('heading', { name: words.behind }).waitFor();
    await dialog.getByRole('table').waitFor();
    await settled(page);
    await expectSound(open, 'why');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('why')).toBeNull();
    await open.context.close();
  },
);

toolTest.each(EACH_WAY)(
  `a rule is tried, its threshold chosen on the curve, and kept (%s, %s)${note}`,
  async (language, _s, way) => {
    const words = WORDS[language];
    const open = await present(browser).open('/list-quality?tab=rules', operation.token, way);
    const { page } = open;
    await page.getByText(words.now).waitFor();
    await page.getByText(words.spared).waitFor();
    await settled(page);
    await expectSound(open, 'rules');

    // By keyboard: the next value of the curve becomes that of the rule.
    const slider = page.getByRole('slider', { name: words.threshold });
    const chance = page.getByRole('textbox', { name: words.chance });
    expect(await chance.inputValue()).toBe(language === 'es' ? '2,5' : '2.5');
    await slider.press('ArrowLeft');
    expect(await chance.inputValue()).toBe(language === 'es' ? '2,25' : '2.25');
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^2[.,]25/);
    // By mouse: the end of the curve that spares the most.
    const drawing = page.locator('.list-quality-plane');
    const box = present((await drawing.boundingBox()) ?? undefined);
    await drawing.click({ position: { x: box.width - 20, y: 30 } });
    expect(Number((await chance.inputValue()).replace(',', '.'))).toBeGreaterThan(2.5);

    await chance.fill('0');
    await page.getByText(words.incomplete).first().waitFor();
    await settled(page);
    await expectSound(open, 'a rule that is not complete');
    await chance.fill('3');
    await page.getByText(words.incomplete).first().waitFor({ state: 'detached' });

    await page.getByRole('textbox', { name: words.name, exact: true }).fill(`Own ${language}`);
    await page.getByRole('button', { name: words.create }).click();
    await page.getByText(words.saved).waitFor();
    await page.getByRole('link', { name: `Own ${language}` }).waitFor();
    await chance.fill('4');
    await page.getByRole('button', { name: words.save }).click();
    await page.getByText(words.saved).waitFor();
    const kept = await service.v1('GET', '/hygiene/rules', operation.token);
    expect(await kept.text()).toContain('"below":0.04');

    await page.getByRole('button', { name: words.remove }).click();
    await page.getByRole('button', { name: words.remove_now }).click();
    await page.getByText(words.deleted).waitFor();
    await page.getByRole('link', { name: `Own ${language}` }).waitFor({ state: 'detached' });
    await open.context.close();
  },
);

toolTest.each(EACH_WAY)(
  `what a rule takes is put in quarantine (%s, %s)${note}`,
  async (language, _s, way) => {
    const words = WORDS[language];
    const tried = await demoOperation(service, { attempts: 8_000 });
    const open = await present(browser).open('/list-quality?tab=rules', tried.token, way);
    const { page } = open;
    await page.getByRole('button', { name: words.aside }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: words.why }).fill(`November ${language}`);
    await settled(page);
    await expectSound(open, 'the question');
    await dialog.getByRole('button', { name: words.put }).click();
    await dialog.getByText(words.done).waitFor();
    await settled(page);
    await expectSound(open, 'what was done');
    const reply = await service.v1('GET', '/hygiene/quarantine?limit=10000', tried.token);
    expect(await reply.text()).toContain(`"reason":"November ${language}"`);
    await open.context.close();
  },
);

toolTest.each(EACH_WAY)(`chances against what happened (%s, %s)${note}`, async (language, _s, way) => {
  const words = WORDS[language];
  const open = await present(browser).open('/list-quality?tab=calibration', operation.token, way);
  const { page } = open;
  await page.getByText(words.chances).waitFor();
  await page.getByRole('img', { name: words.said }).waitFor();
  await settled(page);
  await expectSound(open, 'calibration');
  await page.getByRole('radio', { name: words.table }).check();
  expect(await page.getByRole('table', { name: words.said }).locator('tbody tr').count()).toBeGreaterThan(3);
  await settled(page);
  await expectSound(open, 'calibration as a table');
  await open.context.close();
});

toolTest.each(EACH_WAY)(`an operation without attempts (%s, %s)${note}`, async (language, _s, way) => {
  const empty = await service.operation({ name: 'Empty' });
  const open = await present(browser).open('/list-quality', empty.token, way);
  const { page } = open;
  const none = { en: 'Nothing was dialed yet', es: 'Todavía no se ha marcado nada' };
  await page.getByText(none[language]).waitFor();
  await page.getByText({ en: 'No attempts in this period', es: 'No hay intentos' }[language]).waitFor();
  await settled(page);
  await expectSound(open, 'verdicts of nothing');
  await page.goto(`${new URL(page.url()).origin}/list-quality?tab=rules`);
  await page
    .getByText({ en: 'It takes no telephone now.', es: 'Ahora no toma ningún teléfono.' }[language])
    .waitFor();
  await page
    .getByText({ en: 'Nothing was dialed since then', es: 'Desde entonces no se marcó' }[language])
    .waitFor();
  await settled(page);
  await expectSound(open, 'a rule over nothing');
  await page.goto(`${new URL(page.url()).origin}/list-quality?tab=calibration`);
  await page
    .getByText({ en: 'Nothing was dialed in the last week', es: 'En la última semana' }[language])
    .waitFor();
  await settled(page);
  await expectSound(open, 'calibration of nothing');
  await open.context.close();
});

toolTest(`hostile texts are shown as texts${note}`, async () => {
  const hostile = await service.operation({ name: 'Hostile' });
  const image = '<img src=x onerror="document.title=1">';
  const telephones = [image, '=HYPERLINK("http://x","y")', 'a\u202Eb', '7'.repeat(64), 'x/../y?z#%2F'];
  const yesterday = new Date(Date.now() - 86_400_000).toISOString();
  await hostile.upload(
    telephones.map((telephone, at) => ({
      attempt_id: String(at),
      campaign_id: 7,
      telephone,
      trunk: `${image}${'t'.repeat(60)}`,
      dialed_at: yesterday,
      result: 'failed',
    })),
  );
  await service.v1('PATCH', '/campaigns/7', hostile.token, { name: `${image}${'c'.repeat(900)}` });
  const rule = { campaign_id: 7, conditions: [{ kind: 'dialed', at_least: 1 }], quarantine_days: 1 };
  const name = `${image}\u202E${'r'.repeat(900)}`;
  const created = await service.v1('POST', '/hygiene/rules', hostile.token, { ...rule, name });
  const { id } = (await created.json()) as { readonly id: string };

  const open = await present(browser).open('/list-quality', hostile.token, WAYS[1]);
  const { page } = open;
  for (const telephone of telephones) await page.getByText(telephone, { exact: true }).first().waitFor();
  await settled(page);
  await expectSound(open, 'hostile telephones');
  for (const telephone of telephones) {
    await page.getByRole('button', { name: telephone, exact: true }).click();
    await page.getByRole('dialog').locator('tbody tr').first().waitFor();
    await settled(page);
    if (telephone.length === 64) await expectSound(open, 'a long telephone');
    expect(
      await page.getByRole('dialog').getByRole('heading', { name: telephone, exact: true }).count(),
    ).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await page.goto(`${new URL(page.url()).origin}/list-quality?tab=rules&rule=${id}`);
  await page
    .getByText(telephones[3] ?? '')
    .first()
    .waitFor();
  await settled(page);
  await expectSound(open, 'a hostile rule');
  expect(await page.locator('img').count()).toBe(0);
  await open.context.close();
});

toolTest(`who may only look tries rules, and is offered no act${note}`, async () => {
  const token = await operation.newToken(['report']);
  const open = await present(browser).open('/list-quality?tab=rules', token);
  await open.page.getByText(WORDS.en.now).waitFor();
  for (const name of [WORDS.en.aside, WORDS.en.create]) {
    expect(await open.page.getByRole('button', { name }).count()).toBe(0);
  }
  await open.context.close();
});

toolTest(
  `a trial that is no longer wanted is cancelled, and one that took too long is explained${note}`,
  async () => {
    const { page, context } = await present(browser).open('/list-quality?tab=calibration', operation.token);
    // The first one is never answered, the second one takes too long.
    let asked = 0;
    await page.route('**/v1/hygiene/backtest*', (route) => {
      asked += 1;
      if (asked === 1) return;
      return route.fulfill({
        status: 504,
        contentType: 'application/problem+json',
        body: JSON.stringify({ id: 'report-timeout', status: 504, detail: 'IT RAN LONGER THAN 60000 ms' }),
      });
    });
    const cancelled = page.waitForEvent('requestfailed', (request) => request.url().includes('/backtest'));
    const sent = page.waitForRequest('**/v1/hygiene/backtest*');
    await page.getByRole('link', { name: 'Rules', exact: true }).click();
    await sent;
    await page.getByRole('textbox', { name: WORDS.en.chance }).fill('3');
    await cancelled;
    await page.getByText('Try it for one campaign, or over fewer days.').waitFor();
    await page.unroute('**/v1/hygiene/backtest*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(WORDS.en.spared).waitFor();
    await context.close();
  },
);

/** Until nothing is loading or being computed any more. */
async function settled(page: Page): Promise<void> {
  await page.locator('.loading, progress, [aria-busy="true"]').first().waitFor({ state: 'detached' });
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('there is none');
  return value;
}
