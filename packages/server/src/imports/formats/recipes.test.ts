import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseColumnMap } from '../column-map.js';
import { csv } from './csv.js';
import type { Reading } from './format.js';

/** The recipes of docs/guide/imports.md, as they are written there, on small files of the exports' columns. */
const GUIDE = readFileSync(new URL('../../../../../docs/guide/imports.md', import.meta.url), 'utf8');

/** The command that stands below a platform's name. */
function recipeOf(platform: string): { map: string; time_zone: string; date_order: 'dmy' | undefined } {
  const command = new RegExp(`\\*\\*${platform}\\*\\*:[^]*?\`\`\`\\n([^\`]+)\`\`\``).exec(GUIDE)?.[1] ?? '';
  const flag = (name: string) => new RegExp(`--${name} (?:"([^"]+)"|(\\S+))`).exec(command)?.slice(1) ?? [];
  const value = (name: string) => flag(name).find((one) => one !== undefined) ?? '';
  const date_order = value('date-order') === 'dmy' ? 'dmy' : undefined;
  return { map: value('map'), time_zone: value('time-zone'), date_order };
}

function imported(platform: string, lines: readonly string[]): Reading[] {
  const { map: text, time_zone, date_order } = recipeOf(platform);
  const map = parseColumnMap(text);
  if (map === undefined) throw new Error(`${text} is no map`);
  const read = csv.open({ campaign_id: 1001, time_zone, map, ...(date_order && { date_order }) });
  const readings = lines.map((line) => read(line));
  read.end?.();
  return readings;
}

const AT_S = Date.UTC(2026, 10, 3, 14, 15, 10) / 1_000;

test('3CX', () => {
  const [, out, ringing, named, totals] = imported('3CX', [
    'Call Time,Call ID,From,To,Direction,Status,Ringing,Talking,Cost,Call Activity Details',
    '03/11/2026 09:15:10,c-1,101,573001234567,Outbound,Answered,00:00:05,00:01:20,,"Ended by 101, after 80 s"',
    '2026-11-03T09:15:10,c-2,101,573001234568,Outbound,Unanswered,00:00:30,00:00:00,,',
    '03/11/2026 09:15:10,c-3,101,Ana Gil (573001234569),Outbound,Answered,00:00:05,00:00:10,,',
    'Totals,,,,,,00:00:40,00:01:30,,',
  ]);
  const call = { kind: 'leg', telephone: '573001234567', dialed_at_s: AT_S, attempt_id: 'c-1' };
  expect(out).toMatchObject({ ...call, code: 'answer', duration_seconds: 80 });
  expect(ringing).toMatchObject({ telephone: '573001234568', dialed_at_s: AT_S, code: 'no_answer' });
  expect(named).toMatchObject({ kind: 'rejected' });
  expect(totals?.kind).not.toBe('leg');
});

test('Five9', () => {
  const row = (id: number, disposition: string) =>
    `${id},"Tue, 03 Nov 2026 06:15:10",Ventas,Outbound,ana@example.com,${disposition},6015550100,573001234567`;
  const [, ...calls] = imported('Five9', [
    'CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,DISPOSITION,ANI,DNIS',
    ...['No Answer', 'Busy', 'Abandon', 'Fax', 'Sold the blue one'].map((word, at) => row(at + 1, word)),
  ]);
  expect(calls[0]).toMatchObject({
    ...{ kind: 'leg', telephone: '573001234567', dialed_at_s: AT_S, attempt_id: '1' },
    agent_id: 'ana@example.com',
  });
  const codes = calls.map((call) => (call.kind === 'leg' ? call.code : call.kind));
  expect(codes).toEqual(['no_answer', 'busy', 'abandon', 'answer_machine', 'rejected']);
});

test('Genesys Cloud', () => {
  const [, busy, never, system] = imported('Genesys Cloud', [
    'inin-outbound-id,name,phone1,CallRecordLastAttempt-phone1,CallRecordLastResult-phone1,Callable-phone1,ContactCallable',
    'id-1,Ana,+573001234567,2026-11-03T14:15:10.123Z,Busy,1,1',
    'id-2,Luz,+573001234568,,,1,1',
    'id-3,Sol,+573001234569,2026-11-03T14:15:10.123Z,ININ-OUTBOUND-NO-ANSWER,1,1',
  ]);
  const call = { kind: 'leg', telephone: '+573001234567', dialed_at_s: AT_S, attempt_id: 'id-1' };
  expect(busy).toMatchObject({ ...call, code: 'busy' });
  expect(never).toMatchObject({ kind: 'rejected' });
  expect(system).toMatchObject({
    kind: 'rejected',
    reason: 'result is no word that says how an attempt ended',
  });
});
