import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NOVEMBER, type TestOperation, TestService } from '../../server/test/harness.js';
import { CALL_S, type CdrFields, cdrLine, dialed } from '../../server/test/master-csv.js';
import { CliCommand } from './cli-command.js';

let service: TestService;
let operation: TestOperation;
let directory: string;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation();
  directory = await mkdtemp(join(tmpdir(), 'recuento-only-'));
});
afterAll(async () => {
  await service.stop();
  await rm(directory, { recursive: true, force: true });
});

const started = (...args: string[]) =>
  new CliCommand(service, operation, ['import', ...args, '--time-zone', 'UTC']);
const recuento = async (...args: string[]) => (await started(...args).ended()).output;

function lineOf(nr: number, fields: Partial<CdrFields>): string {
  const id = `${CALL_S + nr}.${nr}`;
  return `${cdrLine({ uniqueid: id, linkedid: id, ...fields })}\n`;
}

const toExtension = (nr: number, dcontext: string) =>
  lineOf(nr, { dst: String(100 + nr), dcontext, lastapp: 'Hangup', lastdata: '' });
const outwards = (nr: number, dcontext: string) => lineOf(nr, { ...dialed(`57300${nr}000001`), dcontext });

test('rows that conditions leave out are counted, and there is a warning in two languages before anybody believes it', async () => {
  const file = join(directory, 'Master.csv');
  await writeFile(
    file,
    [toExtension(1, 'x'), toExtension(2, 'x'), toExtension(3, 'y'), outwards(4, 'ventas')].join(''),
  );
  const all = await recuento('auto', file, '--campaign', '1');
  expect(all).toMatch(
    /^WARNING: most telephones look like extensions \(3 lines with 2 to 6 digits\).*--only$/m,
  );
  expect(all).toMatch(/^AVISO: la mayoría de los teléfonos parecen extensiones \(3 líneas.*--only$/m);
  const some = await recuento('auto', file, '--campaign', '2', '--only', 'dcontext!=x', '--only', 'dst=57*');
  expect(some).toMatch(/^ {2}stored +1$/m);
  expect(some).toMatch(/^ {4}filtered +3$/m);
  expect(some).not.toMatch(/WARNING|AVISO/);
  const none = await recuento('auto', file, '--campaign', '2', '--only', 'queue=7');
  expect(none).toContain('only names the column queue');
});

test('a file of which nothing was taken for dialed says so in two languages, and how to take it all the same', async () => {
  const file = join(directory, 'trunk.csv');
  const came_in = { channel: 'SIP/carrier-1', src: '3001234567', dcontext: 'from-trunk', lastapp: 'Hangup' };
  await writeFile(file, lineOf(1, came_in) + lineOf(2, { ...came_in, dcontext: 'ext-queues' }));
  const none = await recuento('auto', file, '--campaign', '4');
  expect(none).toMatch(/^WARNING: nothing of it was taken.* 2 lines for inbound.*--all-dialed/m);
  expect(none).toMatch(/^AVISO: nada se tomó como.* 2 líneas como entrantes.*--all-dialed/m);
  expect(await recuento('auto', file, '--campaign', '4', '--all-dialed')).not.toMatch(/WARNING|AVISO/);
  await appendFile(file, outwards(3, 'y'));
  expect(await recuento('auto', file, '--campaign', '5')).not.toMatch(/WARNING|AVISO/);
});

test('--follow takes the same conditions, and warns once', async () => {
  const file = join(directory, 'growing.csv');
  await writeFile(file, toExtension(1, 'x') + outwards(2, 'y'));
  const told = started('asterisk-csv', file, '--campaign', '3', '--only', 'dcontext=x', '--follow');
  const rows = async () => (await operation.campaign8(3, ...NOVEMBER)).json.data;
  await expect.poll(rows, { timeout: 60_000 }).toMatchObject([{ telephone: '101' }]);
  await appendFile(file, outwards(3, 'y') + toExtension(4, 'x'));
  await expect.poll(rows, { timeout: 60_000 }).toMatchObject([{ telephone: '101' }, { telephone: '104' }]);
  told.child.kill('SIGTERM');
  expect((await told.ended()).code).toBe(0);
  expect(told.output.match(/WARNING/g)).toHaveLength(1);
  expect(told.output.match(/AVISO/g)).toHaveLength(1);
});
