import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { type TestOperation, TestService } from '../harness.js';
import { testWith } from '../tools.js';
import { ConsoleBrowser, expectSound, type OpenPage, WAYS, type Way } from './console-browser.js';

/** The screen of imports: from a dropped file to its attempts, and back. */
const { toolTest, note } = testWith('chromium');

let service: TestService;
let browser: ConsoleBrowser | undefined;
beforeAll(async () => {
  service = await TestService.start({ imports: 1 });
  browser = await ConsoleBrowser.start(service);
});
afterAll(async () => {
  await browser?.stop();
  await service.stop();
});

const WORDS = {
  en: {
    recognised: 'Recognised: Asterisk, cdr-csv',
    attempts: 'The first attempts, as they will be stored',
    campaign: 'Campaign',
    import: 'Import',
    stored: 'Stored: 8',
    details: 'Details',
    became: 'What became of the lines',
    rejected: 'Rejected lines',
    undo: 'Undo this import…',
    confirm: 'Undo it',
    undone: 'Undone',
    none: 'Nothing has been imported yet',
    unknown: 'No dialer known here writes files like this',
    use: 'Read it with these columns',
    kept: 'Columns as you chose them',
    words: 'Result words without a meaning',
    busy: 'Busy',
    machine: 'Answering machine',
  },
  es: {
    recognised: 'Reconocido: Asterisk, cdr-csv',
    attempts: 'Los primeros intentos, como se guardarán',
    campaign: 'Campaña',
    import: 'Importar',
    stored: 'Guardados: 8',
    details: 'Detalles',
    became: 'Qué pasó con las líneas',
    rejected: 'Líneas rechazadas',
    undo: 'Deshacer esta importación…',
    confirm: 'Deshacer',
    undone: 'Deshecha',
    none: 'Aún no se ha importado nada',
    unknown: 'Ningún marcador conocido escribe archivos así',
    use: 'Leerlo con estas columnas',
    kept: 'Columnas como las eligió',
    words: 'Palabras de resultado sin significado',
    busy: 'Ocupado',
    machine: 'Contestador',
  },
} as const;

interface ChosenFile {
  readonly name: string;
  readonly text: string | Buffer;
}

const choose = (page: Page, ...files: readonly ChosenFile[]) =>
  page
    .locator('input[type=file]')
    .setInputFiles(files.map(({ name, text }) => ({ name, mimeType: '', buffer: Buffer.from(text) })));

const fixture = (name: string) => readFile(new URL(`../fixtures/${name}`, import.meta.url));

const open = (operation: TestOperation, way?: Way): Promise<OpenPage> =>
  present(browser).open('/imports', operation.token, way);

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

toolTest.each(WAYS.map((way) => [way.language, way.colorScheme, way] as const))(
  `a file is looked at, imported, looked up and undone (%s, %s)${note}`,
  async (language, _scheme, way) => {
    const words = WORDS[language];
    const operation = await service.operation();
    const opened = await open(operation, way);
    const { page } = opened;
    await page.getByText(words.none).waitFor();
    await expectSound(opened, 'nothing imported yet');

    await choose(page, { name: 'Master.csv', text: await fixture('asterisk-custom.csv') });
    await page.getByText(words.recognised.replace('cdr-csv', 'cdr-custom')).waitFor();
    await page.getByRole('heading', { name: words.attempts }).waitFor();
    await page.getByRole('region', { name: words.attempts }).getByText('573001000001').first().waitFor();
    await expectSound(opened, 'looked at');
    // Nothing is stored yet, and without a campaign nothing will be.
    expect(await importsOf(operation)).toEqual([]);
    expect(await button(page, words.import).isDisabled()).toBe(true);

    await page.getByLabel(words.campaign, { exact: true }).fill('1001');
    await page.getByLabel(language === 'en' ? 'Times are in' : 'Las horas son de').fill('UTC');
    await button(page, words.import).click();
    await page.getByText(words.stored).waitFor();
    expect(await importsOf(operation)).toMatchObject([{ state: 'done', stored: 8, campaign_id: 1001 }]);

    await page.getByRole('link', { name: words.details }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: words.became }).waitFor();
    await dialog.getByRole('link', { name: 'CSV' }).waitFor();
    await expectSound(opened, 'details');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('link', { name: 'CSV' }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toMatch(/^line,reason,raw\r\n\d+,/);

    await dialog.getByRole('button', { name: words.undo }).click();
    await expectSound(opened, 'asking before it is undone');
    await dialog.getByRole('button', { name: words.confirm, exact: true }).click();
    await dialog.getByText(words.undone, { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('');
    expect(await importsOf(operation)).toMatchObject([{ state: 'undone' }]);
    await opened.context.close();
  },
);

const CALLS = 'Id;Número;Momento;Tipificación\n';
const call = (nr: number, result: string) => `c-${nr};57300123450${nr};0${nr}/11/2026 09:00;${result}\n`;

toolTest.each(WAYS.map((way) => [way.language, way.colorScheme, way] as const))(
  `columns and words are said by hand, and known the next time (%s, %s)${note}`,
  async (language, _scheme, way) => {
    const words = WORDS[language];
    const operation = await service.operation();
    const opened = await open(operation, way);
    const { page } = opened;
    const text = CALLS + call(1, 'BUZON') + call(2, 'BUZON') + call(3, 'busy');
    await choose(page, { name: 'gestión.csv', text });
    await page.getByText(words.unknown).waitFor();
    await page.getByLabel(words.campaign, { exact: true }).fill('7');
    await page.getByLabel(/Momento/).selectOption('dialed_at');
    await page.getByLabel(/Order of day|Orden de día/).selectOption('dmy');
    await expectSound(opened, 'columns to choose');
    await button(page, words.use).click();

    const meanings = page.getByRole('region', { name: words.words });
    await meanings.getByLabel(/BUZON/).selectOption('answer_machine');
    const rows = page.getByRole('region', { name: words.attempts });
    await rows.getByText(words.machine).nth(1).waitFor();
    await rows.getByText(words.busy).waitFor();
    await expectSound(opened, 'words to choose');
    expect(await importsOf(operation)).toEqual([]);
    await button(page, words.import).click();
    await page.getByText(words.stored.replace('8', '3')).waitFor();
    expect(await importsOf(operation)).toMatchObject([
      { format: 'csv', stored: 3, codes: { answer_machine: 2, busy: 1 }, own_words: 1 },
    ]);

    // The browser knows the columns, the operation the word.
    await choose(page, { name: 'otra.csv', text: CALLS + call(4, 'buzón') + call(5, 'BUZON') });
    await page.getByText(words.kept).waitFor();
    await rows.getByText(words.machine).waitFor();
    await meanings.getByLabel(/buzón/).waitFor();
    await opened.context.close();
  },
);

/** Names that would do harm if they were more than text. */
const HOSTILE = '<img src=x onerror=alert(1)> \u202Egpj.exe =HYPERLINK("http://x")';

toolTest(`hostile names, headings, words and telephones are text${note}`, async () => {
  for (const way of WAYS) {
    const operation = await service.operation();
    const opened = await open(operation, way);
    const { page } = opened;
    const name = `${HOSTILE} ${'x'.repeat(1_024)}`.slice(0, 1_020);
    const heading = `"${HOSTILE.replaceAll('"', '""').replaceAll(',', '')}"`;
    const telephone = '9'.repeat(64);
    const text = `${heading};To;When;${'Q'.repeat(300)}\n"${HOSTILE.replaceAll('"', '""')}";${telephone};2026-11-03 09:00:00;${'W'.repeat(90)}<b>\n`;
    await choose(page, { name: `${name}.csv`, text });
    await page.getByText('onerror=alert(1)').first().waitFor();
    await page.getByLabel(/onerror=alert/).waitFor();
    await page.getByLabel(/^To/).selectOption('telephone');
    await page.getByLabel(/^When/).selectOption('dialed_at');
    await page.getByLabel(/^QQ/).selectOption('result');
    await button(page, WORDS[way.language].use).click();
    const meanings = page.getByRole('region', { name: WORDS[way.language].words });
    await meanings.getByLabel(/<b>/).selectOption('busy');
    await page.getByRole('region', { name: WORDS[way.language].attempts }).getByText(telephone).waitFor();
    await expectSound(opened, `hostile, ${way.language}`);
    await page.getByLabel(WORDS[way.language].campaign, { exact: true }).fill('1');
    await button(page, WORDS[way.language].import).click();
    await page.getByRole('link', { name: WORDS[way.language].details }).waitFor();
    await expectSound(opened, `hostile and imported, ${way.language}`);
    expect(await page.locator('img').count()).toBe(0);
    await opened.context.close();
  }
});

toolTest(`the worst files are told, and the others are imported alike${note}`, async () => {
  const operation = await service.operation();
  const opened = await open(operation);
  const { page, problems } = opened;
  const log = await fixture('vicidial-log.tsv');
  await choose(
    page,
    { name: 'empty.csv', text: '' },
    { name: 'blank.csv', text: '\n\n' },
    { name: 'book.xlsx', text: Buffer.from('PK\x03\x04....[Content_Types].xml xl/workbook.xml', 'latin1') },
    { name: 'letter.txt', text: 'Dear Sir or Madam\n' },
    { name: 'Latin.csv', text: Buffer.from(`${CALLS}`, 'latin1') },
    { name: 'log.tsv.gz', text: gzipSync(log) },
    { name: 'half.tsv.gz', text: gzipSync(log).subarray(0, 500) },
    { name: 'log.tsv', text: log },
  );
  const skip = () => button(page, 'Don’t import it').click();
  for (const told of [
    'The file is empty.',
    'The file is empty.',
    'WORKBOOK',
    'it has no columns that could be',
  ]) {
    await page.getByText(told).waitFor();
    expect(await page.getByRole('button', { name: /^Import$/, disabled: false }).count()).toBe(0);
    await expectSound({ ...opened, problems: [] }, told);
    await skip();
  }
  // A refused call is written into the browser's console.
  expect(problems.splice(0).every((text) => text.includes('422'))).toBe(true);
  await page.getByLabel(/Tipificación/).waitFor();
  await skip();
  await page.getByText('Recognised: Vicidial, vicidial_log').waitFor();
  await page.getByLabel('Campaign', { exact: true }).fill('5');
  await button(page, 'Import it and 2 more alike').click();
  await page.getByText('known already: 13').waitFor();
  await page.getByText('Stored: 13').waitFor();
  await page.getByText('THE GZIP STREAM IS BROKEN').waitFor();
  expect(problems.splice(0)).toHaveLength(1);
  expect((await importsOf(operation)).map(({ state }) => state)).toEqual(['done', 'done']);
  await opened.context.close();
});

toolTest(`files are dropped, and one that is being sent can be stopped${note}`, async () => {
  const operation = await service.operation();
  const other = await service.operation();
  const opened = await open(operation);
  const { page } = opened;
  await page.getByText('Drop files of your dialer here').waitFor();
  const files = await page.evaluateHandle(`(() => {
    const files = new DataTransfer();
    files.items.add(new File([${JSON.stringify(String(await fixture('twilio-calls.csv')))}], 'calls.csv'));
    return files;
  })()`);
  await page.dispatchEvent('.imports-drop', 'drop', { dataTransfer: files });
  await page.getByText('Recognised: Twilio').waitFor();
  await page.getByLabel('Campaign', { exact: true }).fill('1');

  // The only place is another's, whose file has not ended: this one waits for its turn at the service.
  const held = await holdPlace(other);
  await button(page, 'Import').click();
  await page.getByRole('progressbar', { name: 'Sending' }).waitFor();
  await expectSound(opened, 'sending');
  await page.getByRole('link', { name: 'API and tokens' }).click();
  await page.getByRole('link', { name: 'Imports' }).click();
  await button(page, 'Stop').click();
  await page.getByText('Stopped. What was stored by then').waitFor();
  await held.end();
  await button(page, 'Try again').click();
  await page.getByText('Stored: 4').waitFor();
  await opened.context.close();
});

toolTest(`who may not import looks at what was imported, page by page${note}`, async () => {
  const operation = await service.operation();
  const reader = await operation.newToken(['report']);
  for (let nr = 0; nr < 22; nr += 1) {
    await imported(
      operation,
      `calldate,dst,disposition\n2026-11-03 09:00:00,57300${nr},BUSY\n2026-11-03,x,BUSY\n`,
    );
  }
  const opened = await present(browser).open('/imports', reader);
  const { page } = opened;
  await page.getByText('a token needs the scope ingest').waitFor();
  expect(await page.locator('input[type=file]').count()).toBe(0);
  const rows = page.getByRole('region', { name: 'Imported so far' }).getByRole('row');
  await page.getByRole('link', { name: 'Older' }).click();
  await page.getByRole('link', { name: 'Newest' }).waitFor();
  expect(await rows.count()).toBe(1 + 2);
  await rows.nth(1).getByRole('link').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('a token needs the scope ingest').waitFor();
  expect(await dialog.getByRole('button').allTextContents()).toEqual(['✕']);
  await expectSound(opened, 'a reader');
  await page.goBack();
  await dialog.waitFor({ state: 'detached' });
  expect(await rows.count()).toBe(1 + 2);
  await opened.context.close();
});

async function importsOf(operation: TestOperation): Promise<Record<string, unknown>[]> {
  const { imports } = (await (await service.v1('GET', '/imports', operation.token)).json()) as {
    imports: Record<string, unknown>[];
  };
  return imports;
}

async function imported(operation: TestOperation, body: string): Promise<void> {
  const reply = await fetch(`${service.service.url}/v1/imports?format=asterisk-sql&campaign_id=1`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operation.token}` },
    body,
  });
  expect(reply.status, await reply.text()).toBe(202);
}

/** An import that does not end until it is told to. */
async function holdPlace(operation: TestOperation) {
  const request = httpRequest(`${service.service.url}/v1/imports?format=asterisk-sql&campaign_id=1`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operation.token}` },
  });
  const replied = new Promise<void>((resolve, reject) => {
    request.on('response', (reply) => reply.resume().on('end', resolve));
    request.on('error', reject);
  });
  request.write('calldate,dst,disposition\n2026-11-03 09:00:00,573001,BUSY\n');
  await expect.poll(async () => (await importsOf(operation)).length).toBe(1);
  return {
    end: async () => {
      request.end();
      await replied;
    },
  };
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('no browser');
  return value;
}
