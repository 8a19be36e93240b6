import { readFileSync } from 'node:fs';
import { importQuery } from '@recuento/contract';
import { expect, test } from 'vitest';
import { Trunks } from '../evidence/trunks.js';
import type { Reading } from '../reading/reading.js';
import { parseColumnMap } from '../rows/column-map.js';
import { parseOnly } from '../rows/only.js';
import { csv } from './csv.js';

/** The recipes of docs/guide/imports.md, as they are written there, on small files of the exports' columns. */
const GUIDE = readFileSync(new URL('../../../../../docs/guide/imports.md', import.meta.url), 'utf8');

/** The flags of the command under a platform's heading. */
function recipeOf(platform: string): (flag: string) => string | undefined {
  const command = new RegExp(`\\*\\*${platform}\\*\\*:[^]*?\`\`\`\\n([^\`]+)\`\`\``).exec(GUIDE)?.[1] ?? '';
  return (name) => {
    const [, quoted, bare] = new RegExp(`--${name} (?:"([^"]+)"|(\\S+))`).exec(command) ?? [];
    return quoted ?? bare;
  };
}

function imported(platform: string, lines: readonly string[]): Reading[] {
  const flag = recipeOf(platform);
  const map = parseColumnMap(flag('map') ?? '');
  const only = parseOnly(flag('only') ?? '');
  if (map === undefined || only === undefined) throw new Error(`the recipe of ${platform} cannot be read`);
  const { words } = importQuery.parse({ format: 'csv', ...(flag('words') && { words: flag('words') }) });
  const date_order = flag('date-order') === 'dmy' ? 'dmy' : undefined;
  const read = csv.open({
    campaign_id: 1001,
    time_zone: flag('time-zone') ?? '',
    map,
    only,
    trunks: new Trunks({}, [], words),
    ...(date_order && { date_order }),
  });
  const readings = lines.map((line) => read(line));
  read.end?.();
  return readings;
}

const LEFT_OUT = { kind: 'skipped', reason: 'filtered' };
const AT_S = Date.UTC(2026, 10, 3, 14, 15, 10) / 1_000;

test('3CX', () => {
  const [, out, ringing, named, ...others] = imported('3CX', [
    'Call Time,Call ID,From,To,Direction,Status,Ringing,Talking,Cost,Call Activity Details',
    '03/11/2026 09:15:10,c-1,101,573001234567,Outbound,Answered,00:00:05,00:01:20,,"Ended by 101, after 80 s"',
    '2026-11-03T09:15:10,c-2,101,573001234568,Outbound,Unanswered,00:00:30,00:00:00,,',
    '03/11/2026 09:15:10,c-3,101,Ana Gil (573001234569),Outbound,Answered,00:00:05,00:00:10,,',
    '03/11/2026 09:15:10,c-4,6015550100,101,Inbound,Answered,00:00:05,00:00:10,,',
    'Totals,,,,,,00:00:40,00:01:30,,',
  ]);
  const call = { kind: 'leg', telephone: '573001234567', dialed_at_s: AT_S, attempt_id: 'c-1' };
  expect(out).toMatchObject({ ...call, code: 'answer', duration_seconds: 80 });
  expect(ringing).toMatchObject({ telephone: '573001234568', dialed_at_s: AT_S, code: 'no_answer' });
  expect(named).toMatchObject({ kind: 'rejected' });
  expect(others).toEqual([LEFT_OUT, LEFT_OUT]);
});

test('Five9', () => {
  const row = (id: number, disposition: string, type = 'Outbound') =>
    `${id},"Tue, 03 Nov 2026 06:15:10",Ventas,${type},ana@example.com,${disposition},6015550100,573001234567`;
  const [, ...calls] = imported('Five9', [
    'CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,DISPOSITION,ANI,DNIS',
    ...['No Answer', 'Busy', 'Abandon', 'Fax', 'Answering Machine', 'Operator Intercept', 'Dial Error'].map(
      (word, at) => row(at + 1, word),
    ),
    row(8, 'Sold the blue one'),
    row(9, 'Busy', 'Inbound'),
  ]);
  expect(calls[0]).toMatchObject({
    ...{ kind: 'leg', telephone: '573001234567', dialed_at_s: AT_S, attempt_id: '1' },
    agent_id: 'ana@example.com',
  });
  const codes = calls.map((call) => (call.kind === 'leg' ? call.code : call.kind));
  expect(codes).toEqual([
    ...['no_answer', 'busy', 'abandon', 'answer_machine', 'answer_machine', 'failed', 'failed'],
    ...['rejected', 'skipped'],
  ]);
});

test('Genesys Cloud', () => {
  const results = ['Busy', 'ININ-OUTBOUND-NO-ANSWER', 'ININ-OUTBOUND-SIT-UNCALLABLE', 'ININ-OUTBOUND-AM'];
  const [, busy, no_answer, uncallable, other, never] = imported('Genesys Cloud', [
    'inin-outbound-id,name,phone1,CallRecordLastAttempt-phone1,CallRecordLastResult-phone1,Callable-phone1,ContactCallable',
    ...results.map((result, at) => `id-${at},Ana,+57300123456${at},2026-11-03T14:15:10.123Z,${result},1,1`),
    'id-9,Luz,+573001234569,,,1,1',
  ]);
  const call = { kind: 'leg', telephone: '+573001234560', dialed_at_s: AT_S, attempt_id: 'id-0' };
  expect(busy).toMatchObject({ ...call, code: 'busy' });
  expect(no_answer).toMatchObject({ code: 'no_answer' });
  expect(uncallable).toMatchObject({ code: 'failed' });
  expect(other).toMatchObject({ kind: 'rejected', unknown_word: 'ININ-OUTBOUND-AM' });
  expect(never).toEqual(LEFT_OUT);
});
