import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TokenDocument, UsageDocument } from '@recuento/contract';
import { afterAll, beforeAll, expect } from 'vitest';
import { type TestOperation, TestService } from '../harness.js';
import { testWith, toolPath } from '../tools.js';
import { ConsoleBrowser, expectSound, type OpenPage, WAYS } from './console-browser.js';
import { ADMINISTRATOR, demoOperation } from './demo-data.js';
import { expectNowhere, shownSecret } from './secrets.js';

/** API and tokens: creating and revoking, the day's usage, programs that run as they are, and the check-list of moving. */
const { toolTest, note } = testWith('chromium');
const { toolTest: programTest, note: program_note } = testWith('chromium', 'php', 'python', 'curl');

let service: TestService;
let demo: TestOperation;
let browser: ConsoleBrowser | undefined;
let directory: string;
beforeAll(async () => {
  service = await TestService.start();
  demo = await demoOperation(service);
  browser = await ConsoleBrowser.start(service);
  directory = await mkdtemp(join(tmpdir(), 'recuento-snippets-'));
});
afterAll(async () => {
  await browser?.stop();
  await service.stop();
  await rm(directory, { recursive: true, force: true });
});

const WORDS = {
  en: {
    calls: 'Call the API',
    create: 'Create a token',
    name: 'Name',
    send: 'Send',
    submit: 'Create the token',
    once: 'it is not shown again',
    kept: 'I have kept it',
    revoke: 'Revoke',
    keep: 'Keep it',
    revoked: 'The token is revoked.',
    own: 'you will be signed out',
    sign_in: 'Sign in',
    token: 'Token of the program',
    try: 'Try it',
    done: 'Done:',
    server: 'What your program sends as wolkvox_server',
    number: 'the number 200',
    text: 'the text "200"',
    right: 'Right',
    todo: 'To do',
    open: 'Not known yet',
    nearly: 'Nearly used up: 1 left.',
    used_up: 'None are left',
  },
  es: {
    calls: 'Llamar a la API',
    create: 'Crear un token',
    name: 'Nombre',
    send: 'Enviar',
    submit: 'Crear el token',
    once: 'no se vuelve a mostrar',
    kept: 'Ya lo guardé',
    revoke: 'Revocar',
    keep: 'Conservarlo',
    revoked: 'El token quedó revocado.',
    own: 'se cerrará su sesión',
    sign_in: 'Iniciar sesión',
    token: 'Token del programa',
    try: 'Probar',
    done: 'Listo:',
    server: 'Lo que su programa envía como wolkvox_server',
    number: 'el número 200',
    text: 'el texto "200"',
    right: 'En orden',
    todo: 'Por hacer',
    open: 'Por comprobar',
    nearly: 'Casi agotados: queda 1.',
    used_up: 'No queda ninguno',
  },
} as const;

/** A name that would do harm if it were anything but text. */
const HOSTILE = `<img src=x onerror=alert(1)> =HYPERLINK("http://x") \u202egnp.exe ${'x'.repeat(900)}`;

const EACH_WAY = WAYS.map((way) => [way.language, way.colorScheme, way] as const);

toolTest.each(EACH_WAY)(
  `a token is created, its secret is shown once, and it is revoked (%s, %s)${note}`,
  async (language, _scheme, way) => {
    const words = WORDS[language];
    const open = await present(browser).open('/tokens', demo.token, way);
    const { page } = open;
    await page.getByRole('button', { name: words.create }).click();
    await page.getByLabel(words.name, { exact: true }).fill('bi');
    await page.getByRole('checkbox', { name: words.send }).check();
    await expectSound(open, 'asking about a token');
    await page.getByRole('button', { name: words.submit }).click();

    const secret = await shownSecret(open);
    expect(await page.getByText(words.once).isVisible()).toBe(true);
    await expectSound(open, 'the secret');
    await page.getByRole('button', { name: words.kept }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expectNowhere(open, secret);

    expect((await service.v1('GET', '/usage', secret)).status).toBe(200);
    expect(await tokensOf(demo)).toContainEqual(
      expect.objectContaining({ name: 'bi', scopes: ['report', 'ingest'], expires_at: null }),
    );

    const revoke = page.getByRole('button', { name: `${words.revoke} bi` });
    await revoke.click();
    await page.getByRole('button', { name: words.keep }).click();
    expect((await service.v1('GET', '/usage', secret)).status).toBe(200);
    await revoke.click();
    await expectSound(open, 'asking once more');
    await page.getByRole('dialog').getByRole('button', { name: words.revoke }).click();
    await page.getByText(words.revoked).waitFor();
    await revoke.waitFor({ state: 'detached' });
    expect((await service.v1('GET', '/usage', secret)).status).toBe(403);
    await expectSound(open, 'the list');
    await open.context.close();
  },
);

toolTest(`who closes the dialog with Escape leaves no secret behind either${note}`, async () => {
  const open = await present(browser).open('/tokens', demo.token);
  const { page, context } = open;
  await page.getByRole('button', { name: 'Create a token' }).click();
  await page.getByLabel('Name', { exact: true }).fill('escaped');
  await page.keyboard.press('Enter');
  const secret = await shownSecret(open);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expectNowhere(open, secret);
  await page.reload();
  await page.getByRole('button', { name: 'Revoke escaped' }).waitFor();
  await expectNowhere(open, secret);
  await context.close();
});

toolTest(`whoever revokes the token of the session is told so, and signed out${note}`, async () => {
  const operation = await service.operation();
  const own = await operation.newToken(['admin']);
  const open = await present(browser).open('/tokens', own);
  const { page, context } = open;
  const row = page.getByRole('row', { name: 'you signed in with it' });
  await row.getByRole('button').click();
  await page.getByText(WORDS.en.own).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('heading', { name: WORDS.en.sign_in }).waitFor();
  expect((await service.v1('GET', '/usage', own)).status).toBe(403);
  await context.close();
});

toolTest.each(EACH_WAY)(
  `a hostile name is text, and leaves the layout as it is (%s, %s)${note}`,
  async (language, _scheme, way) => {
    const operation = await service.operation({ name: HOSTILE });
    await service.v1('POST', '/tokens', operation.token, { name: HOSTILE, scopes: ['report'] });
    const open = await present(browser).open('/tokens', operation.token, way);
    await open.page.getByRole('button', { name: WORDS[language].revoke }).nth(1).waitFor();
    await expectSound(open, 'the list');
    await open.page.getByRole('button', { name: WORDS[language].revoke }).last().click();
    await expectSound(open, 'asking once more');
    await open.context.close();
  },
);

toolTest(`more tokens than a page has are drawn a page at a time${note}`, async () => {
  const operation = await service.operation();
  const { accounts } = service.service.services;
  const { id } = await accounts.operations.byServer(operation.server);
  for (let made = 0; made < 60; made += 1) {
    await accounts.tokens.create(id, { name: `t${made}`, scopes: ['report'], expires_at_ms: null });
  }
  const { page, context } = await present(browser).open('/tokens', operation.token);
  const rows = page.getByRole('table').getByRole('row');
  await page.getByRole('button', { name: 'Show 11 more' }).waitFor();
  expect(await rows.count()).toBe(51);
  await page.getByRole('button', { name: 'Show 11 more' }).click();
  expect(await rows.count()).toBe(62);
  await context.close();
});

toolTest.each(EACH_WAY)(
  `the day's calls against their limit, in words and as a bar (%s, %s)${note}`,
  async (language, _scheme, way) => {
    const words = WORDS[language];
    const operation = await service.operation({ licences: 1, limits: { calls_per_licence: 5 } });
    const open = await present(browser).open('/tokens', operation.token, way);
    const { page } = open;
    const meter = page.getByRole('meter');
    await meter.waitFor();
    expect([await meter.getAttribute('value'), await meter.getAttribute('max')]).toEqual(['0', '5']);
    await expectSound(open, 'an unused day');
    for (let call = 0; call < 4; call += 1)
      await operation.campaign8('all', '20261101000000', '20261101000000');
    await page.reload();
    await page.getByText(words.nearly).waitFor();
    await operation.campaign8('all', '20261101000000', '20261101000000');
    await page.reload();
    await page.getByText(words.used_up).waitFor();
    expect(await meter.getAttribute('value')).toBe('5');
    await expectSound(open, 'a day that is used up');
    await open.context.close();
  },
);

toolTest(`a token that may not manage sees usage, and no way to create${note}`, async () => {
  const open = await present(browser).open('/tokens', await demo.newToken(['ingest']));
  await open.page.getByText('yours may not').waitFor();
  await open.page.getByRole('table').waitFor();
  expect(await open.page.getByRole('button', { name: 'Create a token' }).count()).toBe(0);
  await expectSound(open, 'the screen of a token for uploads');
  await open.context.close();
});

/** By the name on the screen: the file's ending, and what runs it. */
const RUNNERS = {
  cURL: ['sh', 'sh', []],
  PHP: ['php', 'php', []],
  Python: ['py', toolPath('python') ?? 'python3', []],
  JavaScript: ['mjs', process.execPath, []],
} as const;

programTest(`each snippet runs as it is copied, and gets what the API says${program_note}`, async () => {
  const [first, last] = [daysAgo(20), daysAgo(5)];
  const open = await present(browser).open(
    `/tokens?tab=calls&campaign=1001&from=${first}&to=${last}`,
    demo.token,
  );
  const digits = (day: string) => day.replaceAll('-', '');
  const said = await demo.campaign8(1001, `${digits(first)}000000`, `${digits(last)}235959`);
  const expected = said.json.data.map((row) => `${row.telephone} ${row.total_machine_recognitions}`);
  expect(expected.length).toBeGreaterThan(100);
  for (const [language, [ending, command]] of Object.entries(RUNNERS)) {
    await open.page.getByLabel(language, { exact: true }).check();
    const code = (await open.page.locator('pre code').textContent()) ?? '';
    const file = join(directory, `snippet.${ending}`);
    await writeFile(file, code);
    const env = { ...process.env, RECUENTO_TOKEN: demo.token };
    const { stdout } = await promisify(execFile)(command, [file], { env, maxBuffer: 1e8 });
    if (language === 'cURL') expect(JSON.parse(stdout).data).toEqual(said.json.data);
    else expect(stdout.trim().split('\n'), language).toEqual(expected);
  }
  await expectSound(open, 'snippets');
  await open.context.close();
});

toolTest.each(EACH_WAY)(
  `what one call can't ask for is said, and the links lead on (%s, %s)${note}`,
  async (_language, _scheme, way) => {
    const open = await present(browser).open('/tokens?tab=calls&period=90d', demo.token, way);
    await open.page.locator('.error', { hasText: '31' }).waitFor();
    await expectSound(open, 'snippets');
    for (const path of ['/docs', '/docs/calls/campaign_8', '/openapi.json', '/postman.json']) {
      const href = await open.page.getByRole('link', { name: path, exact: true }).getAttribute('href');
      expect((await fetch(service.service.url + href)).status, path).toBe(200);
    }
    await open.context.close();
  },
);

toolTest.each(EACH_WAY)(
  `the check-list of moving tests itself (%s, %s)${note}`,
  async (language, _scheme, way) => {
    const words = WORDS[language];
    const program = await demo.newToken(['report']);
    const used_before = await usedToday(demo);
    const open = await present(browser).open('/tokens?tab=moving&period=7d', demo.token, way);
    const { page, problems } = open;
    await page.getByRole('button', { name: words.try }).waitFor();
    await expectSound(open, 'the check-list before the trial');
    const standings = () => page.locator('.tokens-standing').allTextContents();
    expect((await standings()).filter((standing) => standing.includes(words.right))).toEqual([]);

    await page.getByLabel(words.server).fill('https://wv9999.wolkvox.com/api/v2/reports_manager.php');
    expect((await standings())[1]).toContain(words.todo);
    await page.getByLabel(words.server).fill(`wv${Number(demo.server)}.wolkvox.com`);
    expect((await standings())[1]).toContain(words.right);

    await page.getByLabel(words.token).fill(program);
    await page.getByRole('button', { name: words.try }).click();
    await page.getByText(words.done).waitFor();
    // A browser writes refusals into its console, and one is asked for: that of another server. So is a report without rows.
    expect(problems.splice(0).every((text) => /40[34]/.test(text))).toBe(true);
    const answers = await page.getByRole('table').getByRole('row').allTextContents();
    expect(answers.slice(1).map((row) => /(200|404|403)/.exec(row)?.[1])).toEqual(['200', '404', '403']);
    expect((await standings())[2]).toContain(words.right);
    expect((await standings())[5]).toContain(words.right);
    expect(await usedToday(demo)).toBe(used_before + 2);

    await page.getByLabel(words.number).check();
    expect((await standings())[3]).toContain(words.right);
    await page.getByLabel(words.text).check();
    expect((await standings())[3]).toContain(words.todo);
    await expectSound(open, 'the check-list after the trial');

    await page.getByRole('link', { name: words.calls }).click();
    await page.locator('pre').waitFor();
    await expectNowhere(open, program);
    await open.context.close();
  },
);

toolTest(`the check-list shows replies as they are: text codes, 200 for empty, refusals${note}`, async () => {
  const operation = await service.operation({
    reply_profile: { code: 'string', empty_status: 200 },
    limits: { max_rows: 2, max_window_days: 5 },
  });
  const open = await present(browser).open('/tokens?tab=moving&period=today', operation.token);
  const { page, problems } = open;
  const standings = () => page.locator('.tokens-standing').allTextContents();
  const cells = async (row: number) => page.getByRole('table').getByRole('row').nth(row).allInnerTexts();

  await page.getByLabel('Token of the program').fill(operation.token);
  await page.getByLabel('Token of the program').press('Enter');
  await page.getByText('Done:').waitFor();
  expect((await cells(1)).join(' ')).toMatch(/200\s+"200" \(text\)\s+0/);
  await page.getByLabel('the text "200"').check();
  await page.getByLabel('200, with an empty list').check();
  expect((await standings()).slice(2, 6).every((text) => text.includes('Right'))).toBe(true);

  await page.goto(`${service.service.url}/tokens?tab=moving&period=7d`);
  await page.getByText('That is too long').waitFor();
  await page.getByLabel('Token of the program').fill('rct_nobody-has-this-token-0123456789');
  await page.getByLabel('Token of the program').press('Enter');
  await page.getByText('Done:').waitFor();
  expect((await cells(1)).join(' ')).toContain('403');
  expect((await standings())[2]).toContain('To do');
  problems.splice(0);
  await expectSound(open, 'refusals');
  await open.context.close();
});

toolTest(`the administrator works for the operation that is shown${note}`, async () => {
  const operation = await service.operation();
  const open: OpenPage = await present(browser).open(`/tokens?operation=${operation.server}`, ADMINISTRATOR);
  await open.page.getByRole('button', { name: 'Create a token' }).click();
  await open.page.getByLabel('Name', { exact: true }).fill('made by the administrator');
  await open.page.getByLabel('It works').selectOption({ label: 'for 30 days' });
  await open.page.getByRole('button', { name: 'Create the token' }).click();
  const secret = await shownSecret(open);
  expect((await service.v1('GET', `/tokens?operation=${operation.server}`, secret)).status).toBe(403); // not its scope
  const made = (await tokensOf(operation)).find(({ name }) => name === 'made by the administrator');
  // The last second of a day in Bogota.
  expect(made?.expires_at).toMatch(/T04:59:59\.000Z$/);
  await open.context.close();
});

async function usedToday(operation: TestOperation): Promise<number> {
  const reply = await service.v1('GET', '/usage', operation.token);
  return ((await reply.json()) as UsageDocument).calls_used;
}

async function tokensOf(operation: TestOperation): Promise<readonly TokenDocument[]> {
  const reply = await service.v1('GET', '/tokens', operation.token);
  return ((await reply.json()) as { tokens: TokenDocument[] }).tokens;
}

/** A day of Bogota, as 2026-11-29. */
function daysAgo(days: number): string {
  return new Date(Date.now() - 5 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('no browser');
  return value;
}
