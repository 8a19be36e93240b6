import type { OperationDocument } from '@recuento/contract';
import { afterAll, beforeAll, expect } from 'vitest';
import { ADMIN_TOKEN, TestService } from '../harness.js';
import { Receiver } from '../receiver.js';
import { testWith } from '../tools.js';
import { ConsoleBrowser, expectSound, WAYS } from './console-browser.js';
import { ADMINISTRATOR } from './demo-data.js';
import { expectNowhere, shownSecret } from './secrets.js';

/** Administration: the first run of a new install, operations and their settings, webhooks. */
const { toolTest, note } = testWith('chromium');

let service: TestService;
let receiver: Receiver;
let browser: ConsoleBrowser | undefined;
beforeAll(async () => {
  service = await TestService.start({ webhooks_may_reach: '127.0.0.1' });
  receiver = await Receiver.start();
  browser = await ConsoleBrowser.start(service);
});
afterAll(async () => {
  await browser?.stop();
  await service.stop();
  await receiver.stop();
});

const WORDS = {
  en: {
    welcome: 'Welcome to Recuento',
    create: 'Create an operation',
    server: 'Server code',
    name: 'Name',
    licences: 'Licences',
    zone: 'Time zone',
    rows: 'Rows of a reply',
    country: 'Country',
    code: 'code in replies',
    save: 'Save…',
    really: 'Save',
    saved: 'Saved.',
    bounds: 'From 1 to 1,000,000.',
    word: 'Word of the dialer',
    trunk: 'Only on the trunk',
    means: 'It means',
    busy: 'Busy',
    add: 'Add the word',
    forget: 'Forget',
    no_words: 'No own words',
    webhook: 'Create a webhook',
    url: 'Address of the receiver',
    alarms: 'Alarms',
    submit: 'Create the webhook',
    kept: 'I have kept it',
    test: 'Test',
    took: 'The receiver took the test: it answered 200.',
    not_arrived: 'The test did not arrive.',
    delete: 'Delete',
    no_webhooks: 'No webhooks',
    only: 'Only the administrator',
  },
  es: {
    welcome: 'Le damos la bienvenida a Recuento',
    create: 'Crear una operación',
    server: 'Código de servidor',
    name: 'Nombre',
    licences: 'Licencias',
    zone: 'Zona horaria',
    rows: 'Filas de una respuesta',
    country: 'País',
    code: 'code en las respuestas',
    save: 'Guardar…',
    really: 'Guardar',
    saved: 'Guardado.',
    bounds: 'De 1 a 1.000.000.',
    word: 'Palabra del marcador',
    trunk: 'Solo en la troncal',
    means: 'Significa',
    busy: 'Ocupado',
    add: 'Agregar la palabra',
    forget: 'Olvidar',
    no_words: 'No hay palabras propias',
    webhook: 'Crear un webhook',
    url: 'Dirección del receptor',
    alarms: 'Alarmas',
    submit: 'Crear el webhook',
    kept: 'Ya lo guardé',
    test: 'Probar',
    took: 'El receptor aceptó la prueba: respondió 200.',
    not_arrived: 'La prueba no llegó.',
    delete: 'Eliminar',
    no_webhooks: 'No hay webhooks',
    only: 'Solo el administrador',
  },
} as const;

const HOSTILE = `<img src=x onerror=alert(1)> =HYPERLINK("http://x") \u202egnp.exe ${'x'.repeat(900)}`;

const EACH_WAY = WAYS.map((way) => [way.language, way.colorScheme, way] as const);

// This one is first: afterwards there is an operation.
toolTest(`a new install: an operation, its token, and what comes next${note}`, async () => {
  const open = await present(browser).open('/imports', ADMINISTRATOR);
  const { page } = open;
  await page.getByRole('heading', { name: WORDS.en.welcome }).waitFor();
  expect(await page.getByLabel('Operation', { exact: true }).count()).toBe(0);
  expect(await page.getByRole('navigation', { name: 'Screens' }).count()).toBe(0);
  await expectSound(open, 'the first step');

  await page.getByLabel('Server code').fill('not a code');
  await page.getByLabel('Name').fill('First <b>operation</b>');
  await page.getByLabel('Licences').fill('10');
  await page.getByLabel('Time zone').fill('America/Bogota');
  await page.getByRole('button', { name: 'Create the operation' }).click();
  await page.getByText('It is 1 to 32 letters or digits.').waitFor();
  await page.getByLabel('Server code').fill('wv7001.wolkvox.com');
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: '2 of 2' }).waitFor();
  await expectSound(open, 'the second step');
  await page.getByRole('button', { name: 'Create the token' }).click();
  const secret = await shownSecret(open);
  await expectSound(open, 'the secret');
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await page.getByRole('heading', { name: 'Everything is ready' }).waitFor();
  await expectSound(open, 'what comes next');
  await expectNowhere(open, secret);
  expect((await service.v1('GET', '/usage', secret)).status).toBe(200);

  await page.getByRole('link', { name: 'Point a program here' }).click();
  await page.getByLabel('Token of the program').waitFor();
  expect(new URL(page.url()).searchParams.get('operation')).toBe('7001');
  expect(await operationOf('7001')).toMatchObject({ name: 'First <b>operation</b>', licences: 10 });
  await page.reload();
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  await open.context.close();
});

toolTest(`the first step on a telephone, by night, in Spanish${note}`, async () => {
  const open = await present(browser).open('/', ADMINISTRATOR, WAYS[1]);
  const { page } = open;
  // There is an operation by now, so one reply says that there is none.
  await page.route('**/v1/operations', (route) => route.fulfill({ json: { operations: [] } }));
  await page.reload();
  await page.getByRole('heading', { name: WORDS.es.welcome }).waitFor();
  await expectSound(open, 'the first step');
  await open.context.close();
});

toolTest.each(EACH_WAY)(
  `the administrator creates an operation and changes its settings (%s, %s)${note}`,
  async (language, _scheme, way) => {
    const words = WORDS[language];
    const server = language === 'en' ? '7101' : '7102';
    const open = await present(browser).open('/administration', ADMINISTRATOR, way);
    const { page, problems } = open;
    await page.getByRole('button', { name: words.create }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(words.server).fill('7001');
    await dialog.getByLabel(words.name).fill('Other');
    await dialog.getByLabel(words.zone).fill('America/Bogota');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: '7001' }).waitFor();
    // A refusal, which a browser writes into its console.
    expect(problems.splice(0).every((text) => text.includes('409'))).toBe(true);
    await dialog.getByLabel(words.server).fill(server);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await expectSound(open, 'the list of operations');

    await page.getByRole('link', { name: new RegExp(`${server}$`) }).click();
    await page.getByLabel(words.rows).fill('0');
    await page.getByRole('button', { name: words.save }).click();
    await page.getByText(words.bounds).waitFor();
    await page.getByLabel(words.rows).fill('100000');
    await page.getByRole('button', { name: words.save }).click();
    await expectSound(open, 'asking once more');
    await page.keyboard.press('Escape');
    expect((await operationOf(server)).limits.max_rows).toBe(60_000);
    await page.getByRole('button', { name: words.save }).click();
    await page.getByRole('dialog').getByRole('button', { name: words.really }).click();
    await page.getByText(words.saved).waitFor();
    expect((await operationOf(server)).limits).toMatchObject({ max_rows: 100_000, max_window_days: 31 });

    await page.getByLabel(words.zone).fill('America/Lima');
    await page.getByLabel(words.licences).fill('3');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('America/Lima').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: words.really }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByLabel(words.code).selectOption('string');
    await page.getByLabel(words.country).fill('pe');
    for (const at of [0, 0]) {
      await page.getByRole('button', { name: words.save }).nth(at).click();
      await page.getByRole('dialog').getByRole('button', { name: words.really }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    expect(await operationOf(server)).toMatchObject({
      time_zone: 'America/Lima',
      licences: 3,
      reply_profile: { code: 'string', empty_status: 404 },
      numbering: { country: 'PE', dial_prefixes: [] },
    });
    await expectSound(open, 'the settings');
    await open.context.close();
  },
);

toolTest.each(EACH_WAY)(
  `own words are added and forgotten, whatever stands in them (%s, %s)${note}`,
  async (language, _scheme, way) => {
    const words = WORDS[language];
    const operation = await service.operation({ name: HOSTILE });
    const open = await present(browser).open(
      `/administration?tab=settings&operation=${operation.server}`,
      ADMINISTRATOR,
      way,
    );
    const { page } = open;
    const word = '<img src=x onerror=alert(1)>, "a"=b@c';
    await page.getByText(words.no_words).waitFor();
    await page.getByLabel(words.word).fill(word);
    await page.getByLabel(words.trunk).fill('north');
    await page.getByLabel(words.means).selectOption({ label: words.busy });
    await page.getByRole('button', { name: words.add }).click();
    await page.getByRole('rowheader', { name: word }).waitFor();
    expect((await operationOf(operation.server)).words).toEqual({
      '"<img src=x onerror=alert(1)>, ""a""=b@c"@north': 'busy',
    });
    await expectSound(open, 'the settings');
    await page.getByRole('button', { name: words.forget }).click();
    await page.getByRole('dialog').getByRole('button', { name: words.forget }).click();
    await page.getByText(words.no_words).waitFor();
    expect((await operationOf(operation.server)).words).toEqual({});
    await open.context.close();
  },
);

toolTest.each(EACH_WAY)(
  `a webhook is created, its secret is shown once, it is tested and deleted (%s, %s)${note}`,
  async (language, _scheme, way) => {
    const words = WORDS[language];
    const operation = await service.operation();
    const open = await present(browser).open('/administration?tab=webhooks', operation.token, way);
    const { page } = open;
    await page.getByText(words.no_webhooks).waitFor();
    await expectSound(open, 'no webhooks');
    await page.getByRole('button', { name: words.webhook }).click();
    await page.getByLabel(words.url).fill(`${receiver.url}?x=${'<b>'.repeat(100)}`);
    await page.getByRole('checkbox', { name: words.alarms }).uncheck();
    await expectSound(open, 'asking about a webhook');
    await page.getByRole('button', { name: words.submit }).click();
    const secret = await shownSecret(open);
    expect(secret).toMatch(/^whsec_/);
    await page.getByRole('button', { name: words.kept }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expectNowhere(open, secret);

    receiver.manner = 200;
    await page.getByRole('button', { name: new RegExp(`^${words.test} `) }).click();
    await page.getByText(words.took).waitFor();
    receiver.manner = 'reset';
    await page.getByRole('button', { name: new RegExp(`^${words.test} `) }).click();
    await page.getByText(words.not_arrived).waitFor();
    await expectSound(open, 'a webhook');

    await page.getByRole('button', { name: new RegExp(`^${words.delete} `) }).click();
    await expectSound(open, 'asking once more');
    await page.getByRole('dialog').getByRole('button', { name: words.delete }).click();
    await page.getByText(words.no_webhooks).waitFor();
    await open.context.close();
  },
);

toolTest(`a receiver that may not be reached is refused, with the reason${note}`, async () => {
  const operation = await service.operation();
  const { page, context } = await present(browser).open('/administration?tab=webhooks', operation.token);
  await page.getByRole('button', { name: 'Create a webhook' }).click();
  await page.getByLabel(WORDS.en.url).fill('http://192.0.2.1/recuento');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'RECUENTO_WEBHOOKS_MAY_REACH' }).waitFor();
  await context.close();
});

toolTest.each(EACH_WAY)(
  `whoever has a token looks at the settings, and changes none (%s, %s)${note}`,
  async (language, _scheme, way) => {
    const words = WORDS[language];
    const operation = await service.operation({ name: 'Mine', words: { BUZON: 'answer_machine' } });
    const open = await present(browser).open('/administration', operation.token, way);
    const { page } = open;
    await page.getByText(words.only).waitFor();
    await page.getByRole('rowheader', { name: 'BUZON' }).waitFor();
    expect(await page.getByRole('main').getByRole('textbox').count()).toBe(0);
    expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
    await expectSound(open, 'the settings, to look at');
    await open.context.close();

    const reader = await present(browser).open(
      '/administration?tab=webhooks',
      await operation.newToken(['report']),
      way,
    );
    await reader.page.getByText(words.only).waitFor();
    expect(await reader.page.getByRole('button', { name: words.webhook }).count()).toBe(0);
    await reader.context.close();
  },
);

async function operationOf(server: string): Promise<OperationDocument> {
  const reply = await service.v1('GET', `/operations/${server}`, ADMIN_TOKEN);
  return (await reply.json()) as OperationDocument;
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('no browser');
  return value;
}
