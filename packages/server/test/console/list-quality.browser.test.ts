import type { Language } from '@recuento/contract';
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

toolTest.each(EACH_WAY)(`what is known of each number, and why (%s, %s)${note}`, async (language, _s, way) => {
  const words = WORDS[language];
  const open = await present(browser).open('/list-quality', operation.token, way);
  const { page } = open;
  const table = page.getByRole('region', { name: words.telephones }).getByRole('table');
  await page.getByRole('link', { name: words.invalid }).click();
  await page.waitForURL(/verdict=invalid/);
  await table.getByText(words.invalid).first().waitFor();
  await page.getByRole('region', { name: words.trunks }).getByText('satelite-1').first().waitFor();
  await expectSound(open, 'verdicts');
  const telephones = () => table.locator('tbody th').allTextContents();
  const first_page = await telephones();
  expect(first_page).toHaveLength(25);

  await page.getByRole('button', { name: words.next }).click();
  await page.getByRole('button', { name: words.first }).waitFor();
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
  const [on_second] = await telephones();
  expect(first_page).not.toContain(on_second);
  expect(await table.locator('tbody tr').count()).toBeLessThanOrEqual(25);

  const wanted = present(first_page[3]);
  await page.getByRole('searchbox', { name: words.telephone }).fill(wanted);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('telephone') === wanted);
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
  expect(await telephones()).toEqual([wanted]);

  await table.getByRole('button').click();
  const dialog = page.getByRole('dialog', { name: wanted });
  await dialog.getByRole('heading', { name: words.behind }).waitFor();
  await dialog.getByRole('table').waitFor();
  await expectSound(open, 'why');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(new URL(page.url()).searchParams.get('why')).toBeNull();
  await open.context.close();
});

toolTest.each(EACH_WAY)(
  `a rule is tried, its threshold chosen on the curve, and kept (%s, %s)${note}`,
  async (language, _s, way) => {
    const words = WORDS[language];
    const open = await present(browser).open('/list-quality?tab=rules', operation.token, way);
    const { page } = open;
    await page.getByText(words.now).waitFor();
    await page.getByText(words.spared).waitFor();
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
    const { rules } = await operation.get('/v1/hygiene/rules');
    expect(JSON.stringify(rules)).toContain('"below":0.04');

    await page.getByRole('button', { name: words.remove }).click();
    await page.getByRole('button', { name: words.remove_now }).click();
    await page.getByText(words.deleted).waitFor();
    expect(await page.getByRole('link', { name: `Own ${language}` }).count()).toBe(0);
    await open.context.close();
  },
);

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('there is none');
  return value;
}
