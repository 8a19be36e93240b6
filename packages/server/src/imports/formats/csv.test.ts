import { expect, test } from 'vitest';
import { Trunks } from '../evidence/trunks.js';
import type { Reading } from '../reading/reading.js';
import { parseColumnMap } from '../rows/column-map.js';
import { csv } from './csv.js';
import type { FormatContext } from './format.js';

const BASE = 'telephone=dst,dialed_at=calldate,result=disposition';

function readAll(map: string, lines: string[], context: Partial<FormatContext> = {}): Reading[] {
  const columns = parseColumnMap(map);
  if (columns === undefined) throw new Error('no map');
  const read = csv.open({ time_zone: 'America/Bogota', map: columns, ...context });
  const readings = lines.map((line) => read(line));
  read.end?.();
  return readings;
}
const HEADER = 'calldate;dst;disposition';
const one = (row: string, context: Partial<FormatContext> = {}) => readAll(BASE, [HEADER, row], context)[1];

test('columns as declared, by name, in any order; everything else is passed over', () => {
  const map = `${BASE},attempt_id=id,trunk=route,sip=sip,cause=q,amd=amd,duration_seconds=secs,agent_id=agent,customer_id=crm,opt1=city`;
  const [header, leg] = readAll(map, [
    'id,x,Disposition,dst,calldate,route,sip,q,amd,secs,agent,crm,city',
    'c-1,-,answered,573001234567,2026-11-03 07:00:00,north,,16,MACHINE,12,ana,17,Cali',
  ]);
  expect(header).toEqual({ kind: 'skipped', reason: 'header' });
  expect(leg).toEqual({
    kind: 'leg',
    attempt_id: 'c-1',
    telephone: '573001234567',
    dialed_at_s: 1_793_707_200,
    code: 'answer_machine',
    evidence: 'line_lives',
    said: 'answered',
    amd: 'machine',
    duration_seconds: 12,
    trunk: 'north',
    sip: undefined,
    cause: 16,
    agent_id: 'ana',
    customer_id: '17',
    record: { opt1: 'Cali' },
  });
});

test.each([
  '2026-11-03 07:00:00',
  '2026-11-03T07:00:00',
  '2026-11-03T12:00:00Z',
  '2026-11-03T14:00:00+02:00',
  '1793707200',
  '1793707200.75',
])('dialed_at %s', (dialed_at) => {
  expect(one(`${dialed_at};57300;busy`)).toMatchObject({ kind: 'leg', dialed_at_s: 1_793_707_200 });
});

test.each<[string, string]>([
  ['no-answer', 'no_answer'],
  ['NO ANSWER', 'no_answer'],
  ['answer_machine', 'answer_machine'],
  ['USER_BUSY', 'busy'],
  ['CHANUNAVAIL', 'failed'],
  ['completed', 'answer'],
  ['AB', 'busy'],
  ['abandon', 'abandon'],
])('result %s is %s', (result, code) => {
  expect(one(`1793707200;57300;${result}`)).toMatchObject({ kind: 'leg', code });
});

test('a result that vendors mean differently, or that none knows, is rejected; one that is not final is skipped', () => {
  const reason = 'result is no word that says how an attempt ended';
  expect(one('1793707200;57300;NA')).toEqual({ kind: 'rejected', reason, unknown_word: 'NA' });
  expect(one('1793707200;57300;later')).toEqual({ kind: 'rejected', reason, unknown_word: 'later' });
  expect(one('1793707200;57300;')).toEqual({ kind: 'rejected', reason });
  expect(one('1793707200;57300;queued')).toEqual({ kind: 'skipped', reason: 'not_final' });
  expect(one('1793707200;NULL;busy')).toEqual({ kind: 'skipped', reason: 'no_telephone' });
});

test('SIP before cause before result; a cause is a number or a name', () => {
  const codes = readAll(`${BASE},sip=sip,cause=cause`, [
    'calldate,dst,disposition,sip,cause',
    '1793707200,57300,FAILED,408,102',
    '1793707200,57300,FAILED,,USER_BUSY',
    '1793707200,57300,FAILED,,34',
    '1793707200,57300,NO ANSWER,,487',
    '1793707200,57300,FAILED,,',
  ]).map((reading) => ('code' in reading ? [reading.code, reading.cause] : reading.kind));
  expect(codes).toEqual([
    'skipped',
    ['no_answer', 102],
    ['busy', undefined],
    ['congestion', 34],
    ['no_answer', undefined],
    ['failed', undefined],
  ]);
});

test('an invalid SIP response is rejected; seconds decide nothing', () => {
  const map = `${BASE},sip=sip,duration_seconds=secs`;
  const read = readAll(map, [
    'calldate,dst,disposition,sip,secs',
    '1793707200,57300,busy,99,1',
    '1793707200,57300,busy,486,1:20',
  ]);
  expect(read.slice(1)).toMatchObject([
    { kind: 'rejected', reason: 'sip is not a whole number from 100 to 699' },
    { kind: 'leg', duration_seconds: 80 },
  ]);
});

test('without attempt_id the line identifies the attempt', () => {
  const rows = ['1793707200;57300;busy', '1793707200;57300;busy', '1793707200;57300;failed'];
  const ids = readAll(BASE, [HEADER, ...rows]).map((reading) =>
    'attempt_id' in reading ? reading.attempt_id : '',
  );
  expect(ids[1]).toMatch(/^line-/);
  expect(ids[2]).toBe(ids[1]);
  expect(ids[3]).not.toBe(ids[1]);
});

test('trunks and the order of dates are as declared', () => {
  const trunks = new Trunks({
    a: { strip_prefix: ['00'], outcomes: { 'disposition:failed': 'congestion' } },
  });
  const lines = ['calldate,dst,disposition,route', '03/11/2026 07:00,0057300,FAILED,a'];
  expect(readAll(`${BASE},trunk=route`, lines, { trunks, date_order: 'dmy' })[1]).toMatchObject({
    telephone: '57300',
    code: 'congestion',
    dialed_at_s: 1_793_707_200,
  });
});

test('a column that is not there, or twice, refuses the file', () => {
  expect(() => readAll(BASE, ['calldate,dst'])).toThrow('no column disposition, which map names');
  expect(() => readAll(BASE, ['calldate,dst,disposition,dst'])).toThrow('the column dst more than once');
});

test.each([
  'telephone=dst',
  'telephone=dst,dialed_at=a,result=',
  `${BASE},telephone=other`,
  `${BASE},opt13=x`,
  `${BASE},colour=x`,
  `${BASE},`,
  '',
])('map %j is none', (map) => {
  expect(parseColumnMap(map)).toBeUndefined();
});
