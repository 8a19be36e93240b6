import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NOVEMBER, type TestOperation, TestService } from '../../server/test/harness.js';
import { CliCommand } from './cli-command.js';

/** 2026-11-03 12:00:00 UTC. */
const CALL_S = 1_793_707_200;

let service: TestService;
let operation: TestOperation;
let directory: string;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation();
  directory = await mkdtemp(join(tmpdir(), 'recuento-vicidial-'));
});
afterAll(async () => {
  await service.stop();
  await rm(directory, { recursive: true, force: true });
});

const recuento = (...args: string[]) => new CliCommand(service, operation, args).ended();

/** How often each count is told in a summary. */
const counts = (output: string) =>
  Object.fromEntries(
    [...output.matchAll(/^ +(\w+) +([\d,]+)$/gm)].map(([, name = '', count]) => [name, Number(count)]),
  );

const LOG = [
  'uniqueid\tlead_id\tcall_date\tstart_epoch\tlength_in_sec\tstatus\tphone_code\tphone_number\tuser',
  ...[1, 2, 3].map(
    (nr) =>
      `${CALL_S + nr}.${nr}\t${nr}\t2026-11-03 07:00:00\t${CALL_S + nr}\t0\tNA\t57\t300123456${nr}\tVDAD`,
  ),
  '',
].join('\n');
// No line end at its end, and a row whose call the log does not have.
const CARRIER = [
  'uniqueid,call_date,server_ip,lead_id,hangup_cause,dialstatus,channel,dial_time',
  `${CALL_S + 1}.1,2026-11-03 07:00:00,10.0.0.1,1,34,CONGESTION,SIP/north-01,2`,
  `${CALL_S + 2}.2,2026-11-03 07:00:00,10.0.0.1,2,17,BUSY,SIP/north-02,2`,
  `${CALL_S + 9}.9,2026-11-03 07:00:00,10.0.0.1,9,17,BUSY,SIP/north-09,2`,
].join('\n');

test('the carrier log goes first, refines, and every line of both is counted', async () => {
  const [log, carrier] = [join(directory, 'log.tsv.gz'), join(directory, 'carrier.csv')];
  await writeFile(log, gzipSync(LOG));
  await writeFile(carrier, CARRIER);
  const args = ['import', 'vicidial-log', log, '--campaign', '1'];
  const first = await recuento(...args, '--carrier-log', carrier);
  expect(first.code, first.output).toBe(0);
  expect(counts(first.output)).toMatchObject({
    read: 8,
    stored: 3,
    joined: 2,
    skipped: 3,
    header: 2,
    carrier_row_alone: 1,
    rejected: 0,
  });
  const { data } = (await operation.campaign8('1', ...NOVEMBER)).json;
  expect(data).toMatchObject([
    { telephone: '573001234561', congestion: '1', no_answer: '0' },
    { telephone: '573001234562', busy: '1' },
    { telephone: '573001234563', no_answer: '1' },
  ]);
  // What was refined stays so when the log comes again by itself.
  expect(counts((await recuento(...args)).output)).toMatchObject({ stored: 0, unchanged: 3 });
  const named = await recuento('import', 'auto', log, '--campaign', '2', '--phone-code', 'omit');
  expect(named.output).toContain('vicidial-log');
  expect((await operation.campaign8('2', ...NOVEMBER)).json.data).toHaveLength(3);
  expect((await operation.campaign8('2', ...NOVEMBER)).json.data[0]?.telephone).toBe('3001234561');
});

test('a carrier log has no place elsewhere', async () => {
  const file = join(directory, 'log.tsv.gz');
  const at = ['--campaign', '1', '--carrier-log', file];
  expect((await recuento('import', 'vicidial-export', file, ...at)).output).toContain('vicidial-log');
  expect((await recuento('import', 'vicidial-log', file, file, ...at)).output).toContain('one log');
  expect((await recuento('import', 'vicidial-log', file, ...at, '--follow')).output).toContain('--follow');
  const refused = await recuento('import', 'asterisk-csv', file, '--campaign', '1', '--phone-code', 'omit');
  expect(refused.code).toBe(1);
  expect(refused.output).toMatch(/phone_code/i);
});

const OWN = [
  'uniqueid\tlead_id\tcall_date\tstart_epoch\tlength_in_sec\tstatus\tphone_code\tphone_number\tuser',
  ...['BUZON\t1', 'buzon\t2', "NO'CON, x\t3", 'CG\tVDAD'].map((status, nr) => {
    const [word, user] = status.split('\t');
    const at = `${CALL_S + nr}.${nr}\t${nr}\t2026-11-03 07:00:00\t${CALL_S + nr}`;
    return `${at}\t0\t${word}\t57\t300555000${nr}\t${user}`;
  }),
  '',
].join('\n');

test('words that no table knows are told with the flag that declares them, which the operation then keeps', async () => {
  const [file, words] = [join(directory, 'own.tsv'), join(directory, 'words.txt')];
  await writeFile(file, OWN);
  await writeFile(words, '# what ours mean\r\nCG=congestion\r\n\r\n"NO\'CON, x" = no answer\r\n');
  const args = ['import', 'auto', file, '--campaign', '3'];
  const first = await recuento(...args);
  expect(first.code).toBe(1);
  expect(first.output).toContain(`result words that no table knows
  BUZON      2 lines, unknown, or what other evidence told
  CG         1 lines, rejected
  NO'CON, x  1 lines, unknown, or what other evidence told
`);
  const [, flag = ''] = /--words '(.*)'\n/.exec(first.output) ?? [];
  // As a shell gives it on, with a result for each.
  const text = flag.replaceAll("'\\''", "'");
  expect(text).toBe(`BUZON=RESULT,CG=RESULT,"NO'CON, x"=RESULT`);
  const unfinished = await recuento(...args, '--words', text);
  expect(unfinished.code).toBe(1);
  expect(unfinished.output).toContain('BUZON=RESULT IS NO RESULT');
  const declared = await recuento(
    ...args,
    ...['--words', 'BUZON=busy', '--words', 'NOT-THERE=failed', '--words-file', words],
  );
  expect(declared.output).toContain('read with 4 own words, which the operation keeps for its next imports');
  expect(declared.output).not.toContain('no table knows');
  expect(declared.code, declared.output).toBe(0);
  const { data } = (await operation.campaign8('3', ...NOVEMBER)).json;
  expect(data).toMatchObject([
    { telephone: '573005550000', busy: '1' },
    { telephone: '573005550001', busy: '1' },
    { telephone: '573005550002', no_answer: '1' },
    { telephone: '573005550003', congestion: '1' },
  ]);
  const again = await recuento(...args);
  expect(counts(again.output)).toMatchObject({ stored: 0, unchanged: 4, rejected: 0 });
});

test('a file of words that is none is said', async () => {
  const file = join(directory, 'log.tsv.gz');
  const at = ['import', 'vicidial-log', file, '--campaign', '1'];
  const nothing = join(directory, 'nothing.txt');
  await writeFile(nothing, '# none yet\n');
  expect((await recuento(...at, '--words-file', nothing)).output).toContain(`${nothing} has no words`);
  expect((await recuento(...at, '--words-file', join(directory, 'nowhere'))).output).toContain('ENOENT');
  expect((await recuento(...at, '--words', ' ')).code).toBe(2);
});

test('words are sent up to the length that one request may have; of more it is said what to do', async () => {
  const file = join(directory, 'many.tsv');
  await writeFile(file, OWN);
  const fixed = new URLSearchParams({ format: 'auto', campaign_id: '4', words: '' }).toString().length;
  const one = (nr: number) => `w${nr}`.padEnd(60, 'x');
  const sent = (text: string) => encodeURIComponent(text).length;
  const each = sent(`${one(1)}=busy\n`);
  /** As many characters as there is room for, and so many more, in words of sixty and a last one. */
  const words = (more: number) => {
    const room = 14 * 1024 - fixed - sent('=busy');
    const whole = Math.floor(room / each) - 1;
    const lines = Array.from({ length: whole }, (_, nr) => `${one(nr)}=busy\n`);
    return `${lines.join('')}${'l'.repeat(room - whole * each + more - 40)}${'o'.repeat(40)}=busy`;
  };
  const list = join(directory, 'many.txt');
  const args = ['import', 'auto', file, '--campaign', '4', '--words-file', list];
  await writeFile(list, words(0));
  expect((await recuento(...args)).output).toContain('read with');
  await writeFile(list, words(1));
  const beyond = await recuento(...args);
  expect(beyond.code).toBe(1);
  expect(beyond.output).toContain('14337 characters as they are sent, of at most 14336');
});
