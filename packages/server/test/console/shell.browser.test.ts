import { afterAll, beforeAll, expect } from 'vitest';
import { type TestOperation, TestService } from '../harness.js';
import { testWith } from '../tools.js';
import { ConsoleBrowser, expectSound, WAYS } from './console-browser.js';
import { ADMINISTRATOR } from './demo-data.js';
import { settled } from './settled.js';

/** What stands around every screen: the way in and out, the navigation, the languages. */
const { toolTest, note } = testWith('chromium');

let service: TestService;
let operation: TestOperation;
let browser: ConsoleBrowser | undefined;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation({ name: 'Café <img src=x onerror=alert(1)>' });
  browser = await ConsoleBrowser.start(service);
});
afterAll(async () => {
  await browser?.stop();
  await service.stop();
});

const WORDS = {
  en: {
    title: 'Sign in',
    token: 'Token',
    submit: 'Sign in',
    out: 'Sign out',
    unknown: 'Nobody has this token',
  },
  es: {
    title: 'Iniciar sesión',
    token: 'Token',
    submit: 'Entrar',
    out: 'Salir',
    unknown: 'Nadie tiene este token',
  },
} as const;

toolTest.each(WAYS.map((way) => [way.language, way.colorScheme, way] as const))(
  `signing in with a token and out again (%s, %s)${note}`,
  async (language, _scheme, way) => {
    const words = WORDS[language];
    const open = await present(browser).open('/imports', undefined, way);
    const { page, problems } = open;
    await page.getByRole('heading', { name: words.title }).waitFor();
    // Asking who is there is answered 401, which a browser writes into its console.
    expect(problems.splice(0).every((text) => text.includes('401'))).toBe(true);
    await expectSound(open, 'the way in');

    await page.getByLabel(words.token).fill('not-a-token-0123456789');
    await page.getByRole('button', { name: words.submit }).click();
    await page.getByText(words.unknown).waitFor();
    problems.splice(0);

    await page.getByLabel(words.token).fill(operation.token);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: words.out }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/imports');
    expect(await page.getByText('Café <img src=x onerror=alert(1)>').isVisible()).toBe(true);
    await expectSound(open, 'signed in');

    await page.reload();
    await page.getByRole('button', { name: words.out }).click();
    await page.getByRole('heading', { name: words.title }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: words.title }).waitFor();
    await open.context.close();
  },
);

toolTest(`a link signs in once, and its code does not stay in the address${note}`, async () => {
  const made = await service.v1('POST', '/session/link', operation.token);
  const { path } = (await made.json()) as { path: string };
  for (const heading of ['Imports', 'Sign in']) {
    const { page, context } = await present(browser).open(path.replace('/#', '/imports#'), undefined);
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    expect(page.url()).not.toContain('sign-in=');
    if (heading === 'Sign in') await page.getByText('That link has been used').waitFor();
    await context.close();
  }
});

toolTest(`a session that ended elsewhere leads to the way in, at the same address${note}`, async () => {
  const body = { operation: operation.server, name: 'short', scopes: ['report'], expires_at: null };
  const made = await service.v1('POST', '/tokens', ADMINISTRATOR, body);
  const { id, token } = (await made.json()) as { id: string; token: string };
  const { page, context } = await present(browser).open('/administration', token);
  await page.getByRole('heading', { name: 'Administration', level: 1 }).waitFor();
  await settled(page);
  await service.v1('DELETE', `/tokens/${id}?operation=${operation.server}`, ADMINISTRATOR);
  await page.getByRole('link', { name: 'Machine codes' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/machine-codes');
  await context.close();
});

toolTest(`a tab whose session became another operation's does not act there${note}`, async () => {
  const other = await service.operation({ name: 'Other one' });
  const { page, context } = await present(browser).open('/administration', operation.token);
  await page.getByRole('heading', { name: 'Administration', level: 1 }).waitFor();
  await settled(page);
  const link = async (token: string) => {
    const made = await service.v1('POST', '/session/link', token);
    return ((await made.json()) as { path: string }).path;
  };
  const second = await context.newPage();
  second.on('dialog', (dialog) => dialog.dismiss());
  await second.goto(service.service.url + (await link(other.token)));
  // Whoever says no stays who he is.
  await second.getByText('Café').waitFor();
  second.removeAllListeners('dialog');
  second.on('dialog', (dialog) => dialog.accept());
  await second.goto(`${service.service.url}/?again`); // a hash alone loads nothing
  await second.goto(service.service.url + (await link(other.token)));
  await second.getByText('Other one').waitFor();
  const asked: string[] = [];
  page.on('response', (reply) => asked.push(`${reply.status()} ${new URL(reply.url()).pathname}`));
  await page.getByRole('link', { name: 'API and tokens' }).click();
  await page.getByText('Other one').waitFor(); // the tab shows whose session it is
  expect(asked).toContain('403 /v1/tokens');
  await context.close();
});

toolTest(`signing out where the session has ended already leads out as well${note}`, async () => {
  const { page, context } = await present(browser).open('/administration', operation.token);
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await context.clearCookies();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await context.close();
});

toolTest(`a screen whose file is gone says so, and the others go on${note}`, async () => {
  const { page, context } = await present(browser).open('/administration', operation.token);
  await page.route('**/assets/imports-*.js', (route) => route.abort());
  await page.getByRole('link', { name: 'Imports' }).click();
  await page.getByRole('button', { name: 'Load again' }).waitFor();
  await page.getByRole('link', { name: 'API and tokens' }).click();
  await page.getByRole('heading', { name: 'API and tokens', level: 1 }).waitFor();
  await context.close();
});

toolTest(`days are typed digit by digit, and count when they are whole${note}`, async () => {
  const from_to = '?from=2026-11-01&to=2026-11-05';
  const { page, context } = await present(browser).open(`/machine-codes${from_to}`, operation.token);
  const days = () => {
    const { searchParams } = new URL(page.url());
    return [searchParams.get('from'), searchParams.get('to')];
  };
  await page.getByLabel('From', { exact: true }).focus();
  await page.keyboard.type('12032025'); // as the English page writes a day
  expect(days()).toEqual(['2026-11-01', '2026-11-05']);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('from') === '2025-12-03');
  expect(days()).toEqual(['2025-12-03', '2026-11-05']);
  // The other end comes along where this one passes it.
  await page.getByLabel('From', { exact: true }).fill('2026-11-20');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('to') === '2026-11-20');
  await context.close();
});

toolTest(`the language that was chosen stays${note}`, async () => {
  const { page, context } = await present(browser).open('/administration', operation.token);
  await page.getByRole('button', { name: 'Español' }).click();
  await page.getByRole('link', { name: 'Administración' }).waitFor();
  await page.reload();
  await page.getByRole('link', { name: 'Administración' }).waitFor();
  expect(await page.getAttribute('html', 'lang')).toBe('es');
  await context.close();
});

toolTest(`a token sees the screens of its scopes alone${note}`, async () => {
  const token = await operation.newToken(['ingest']);
  const { page, context } = await present(browser).open('/', token);
  await page.getByRole('heading', { name: 'Imports', level: 1 }).waitFor();
  const links = await page.getByRole('navigation', { name: 'Screens' }).getByRole('link').allTextContents();
  expect(links).toEqual(['Imports', 'API and tokens']);
  await page.goto(page.url().replace('/imports', '/machine-codes'));
  await page.getByRole('heading', { name: 'There is no such screen' }).waitFor();
  await context.close();
});

toolTest(`the administrator chooses an operation, and it comes along${note}`, async () => {
  const other = await service.operation({ name: 'Other' });
  const open = await present(browser).open('/imports', ADMINISTRATOR);
  const { page } = open;
  await page.getByText('Choose an operation').waitFor();
  await page.getByLabel('Operation', { exact: true }).selectOption(other.server);
  await page.getByText('Choose an operation').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'API and tokens' }).click();
  expect(new URL(page.url()).searchParams.get('operation')).toBe(other.server);
  await open.context.close();
});

toolTest(`the keyboard reaches the content first${note}`, async () => {
  const { page, context } = await present(browser).open('/imports', operation.token);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('#content:focus').waitFor();
  await context.close();
});

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('no browser');
  return value;
}
