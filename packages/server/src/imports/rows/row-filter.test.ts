import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cdrCsv } from '../../../test/freeswitch-records.js';
import { cdrLine } from '../../../test/master-csv.js';
import { formatNamed } from '../formats/registry.js';
import { WrongFile } from '../reading/reading.js';
import { parseColumnMap } from './column-map.js';
import { ONLY_FORM, parseOnly } from './only.js';

type Name = Parameters<typeof formatNamed>[0];

function readerOf(name: Name, only: string, map?: string) {
  const conditions = parseOnly(only);
  if (conditions === undefined) throw new Error(`${only} is no condition`);
  const columns = map === undefined ? undefined : parseColumnMap(map);
  const read = formatNamed(name).open({
    time_zone: 'UTC',
    campaign_id: 1,
    only: conditions,
    ...(columns && { map: columns }),
  });
  return (line: string) => {
    const reading = read(line);
    return 'reason' in reading ? reading.reason : reading.kind;
  };
}

test.each([
  '',
  'dst',
  '=1',
  '!=1',
  'a=1;',
  'a=1;b',
  Array(11).fill('a=1').join(';'),
  `a=${'1,'.repeat(100)}`,
])('%j is no condition', (text) => {
  expect(parseOnly(text)).toBeUndefined();
});

test('conditions as people write them, ten with a hundred values at most', () => {
  expect(parseOnly(' Direction = Saliente, OUT ; did= ; dst!=600')).toEqual([
    { column: 'Direction', is_not: false, values: ['saliente', 'out'] },
    { column: 'did', is_not: false, values: [''] },
    { column: 'dst', is_not: true, values: ['600'] },
  ]);
  expect(parseOnly(Array(10).fill('a=1').join(';'))).toHaveLength(10);
  expect(parseOnly(`a=${'1,'.repeat(99)}`)?.[0]?.values).toHaveLength(100);
  expect(ONLY_FORM).toContain('at most 10');
});

test.each<[Name, string, string, string]>([
  ['asterisk-csv', 'dcontext', 'ventas', cdrLine({ dcontext: 'Ventas' })],
  ['asterisk-csv', '#4', 'ventas', cdrLine({ dcontext: 'ventas' }, 21)],
  ['asterisk-csv', 'linkedid', '1.7', cdrLine({ dcontext: 'ventas', linkedid: '1.7' }, 19)],
  ['freeswitch-csv', 'context', 'default', cdrCsv({})],
  ['freeswitch-csv', 'accountcode', 'account', cdrCsv({}, 15)],
  ['freeswitch-csv', 'last_app', 'park', cdrCsv({}, 18)],
])('%s: its columns have the names of its writer: %s', (format, column, value, line) => {
  expect(readerOf(format, `${column}=${value}`)(line)).toBe('leg');
  expect(readerOf(format, `${column}=other,${value}`)(line)).toBe('leg');
  expect(readerOf(format, `${column}=${value.slice(0, 2)}*`)(line)).toBe('leg');
  expect(readerOf(format, `${column}!=${value}`)(line)).toBe('filtered');
  expect(readerOf(format, `${column}=other`)(line)).toBe('filtered');
  expect(readerOf(format, `${column}=${value};${column}=other`)(line)).toBe('filtered');
});

test('asterisk-custom: its columns', () => {
  const line =
    '"","1000","573001234567","ventas","PJSIP/1000-1","PJSIP/north-2","Dial","PJSIP/573001234567@north","2026-11-03 12:00:00","","2026-11-03 12:00:20","20","0","BUSY","DOCUMENTATION","acme","1793707200.1","","7"';
  expect(readerOf('asterisk-custom', 'accountcode=acme;dcontext=ventas')(line)).toBe('leg');
  expect(readerOf('asterisk-custom', 'accountcode=other')(line)).toBe('filtered');
});

const AT = '2026-11-03 12:00:00';
const TABLES: readonly [Name, string, string, string?][] = [
  [
    'csv',
    'to,at,result,Queue Name',
    `573001234567,${AT},BUSY,ventas`,
    'telephone=to,dialed_at=at,result=result',
  ],
  ['csv', 'to,at,result,Queue Name', `573001234567,${AT},BUSY,ventas`, 'telephone=1,dialed_at=2,result=3'],
  [
    'asterisk-sql',
    'calldate\tdst\tdisposition\tuniqueid\tqueue_name',
    `${AT}\t573001234567\tBUSY\t1793707200.1\tventas`,
  ],
  ['twilio', 'sid,to,status,start_time,queue_name', `CA1,+573001234567,busy,${AT},ventas`],
  ['vendor-campaign-3', 'telephone;date;result;conn_id;queue_name', `573001234567;${AT};BUSY;c1;ventas`],
  [
    'vicidial-log',
    'lead_id\tcall_date\tstatus\tphone_number\tuniqueid\tqueue_name',
    `7\t${AT}\tB\t3001234567\t1793707200.1\tventas`,
  ],
  [
    'vicidial-export',
    'call_date\tphone_number_dialed\tstatus\tuser\tqueue_name',
    `${AT}\t573001234567\tB\tVDAD\tventas`,
  ],
];

test.each(TABLES)('%s: columns of its header (%s)', (format, header, row, map) => {
  for (const [only, word] of [
    ['queue name=VENTAS', 'leg'],
    [`#${header.split(/[,;\t]/).length}=ventas`, 'leg'],
    ['QueueName!=ventas', 'filtered'],
    ['queue_name=', 'filtered'],
  ] as const) {
    const read = readerOf(format, only, map);
    expect([read(header), read(row)], only).toEqual(['header', word]);
  }
});

test.each(TABLES)(
  '%s: a column that is not there is refused, with those that are',
  (format, header, row, map) => {
    const read = readerOf(format, 'direction=out', map);
    const all = () => [read(header), read(row)];
    expect(all).toThrow(WrongFile);
    expect(() => readerOf(format, 'direction=out', map)(header)).toThrow(
      new RegExp(`names the column direction.*columns are ${header.split(/[,;\t]/)[0]}, .*queue.name$`, 'i'),
    );
  },
);

test('headerless: a column that is not there is refused at the first row; of other rows it is empty', () => {
  const numbers = 'telephone=1,dialed_at=2,result=3';
  const row = `573001234567,${AT},BUSY,ventas`;
  expect(readerOf('csv', '4=ventas;result=busy', numbers)(row)).toBe('leg');
  expect(() => readerOf('csv', '5=x', numbers)(row)).toThrow('telephone, dialed_at, result, #4');
  expect(() => readerOf('asterisk-csv', 'sequence=7')(cdrLine({}, 18))).toThrow('accountcode, src, dst');
  expect(() => readerOf('freeswitch-csv', 'read_codec=PCMU')(cdrCsv({}, 13))).toThrow(
    'bleg_uuid, accountcode',
  );
  const read = readerOf('asterisk-csv', 'sequence=7');
  expect([read(cdrLine({}, 21)), read(cdrLine({}, 18))]).toEqual(['leg', 'filtered']);
  // No other column is taken for it, although the first one has the value.
  const same = readerOf('asterisk-csv', 'sequence=7');
  const withAccount = (columns: 18 | 21) => cdrLine({}, columns).replace(/^"[^"]*"/, '"7"');
  expect(withAccount(18)).toMatch(/^"7","/);
  expect([same(withAccount(21)), same(withAccount(18))]).toEqual(['leg', 'filtered']);
});

test('a name that two columns have is refused, with their numbers', () => {
  const map = 'telephone=to,dialed_at=at,result=r';
  expect(() => readerOf('csv', 'q=a', map)('to,at,r,q,q')).toThrow('name it as #4 or #5');
  const read = readerOf('csv', '#5=b', map);
  expect([read('to,at,r,q,q'), read(`57300,${AT},BUSY,a,b`)]).toEqual(['header', 'leg']);
});

test('rows of a carrier log are of no call yet, and are not filtered; a file of JSON has no columns', () => {
  const read = readerOf('vicidial-log', 'user=ana');
  read('uniqueid\tlead_id\thangup_cause\tdialstatus\tdial_time');
  expect(read('1.1\t7\t17\tBUSY\t3')).toBe('carrier_row_alone');
  for (const format of ['twilio', 'vendor-campaign-3'] as const) {
    expect(() => readerOf(format, 'a=b')('{"sid":"CA1"}')).toThrow('it is a file of JSON records');
  }
});

test('a row with broken quotes is read where its columns are sure: also those of conditions', () => {
  const map = 'telephone=to,dialed_at=at,result=r';
  // Its fourth column is `"a,` or `"a`, and nothing tells which.
  const row = `57300,${AT},BUSY,""a,",a"`;
  for (const [only, word] of [
    ['r=busy', /^leg$/],
    ['note!=x', /quote/],
  ] as const) {
    const read = readerOf('csv', only, map);
    expect([read('to,at,r,note,rest'), read(row)]).toEqual(['header', expect.stringMatching(word)]);
  }
});

test('conditions hold as a plain model says', () => {
  const word = fc.constantFrom('', 'a', 'ab', 'abc', 'b', 'A', '*');
  const value = fc.constantFrom('', 'a', 'ab', 'abc', 'b', 'a*', 'ab*', '*');
  const condition = fc.record({
    column: fc.constantFrom('x', 'y'),
    is_not: fc.boolean(),
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.array(condition, { minLength: 1, maxLength: 3 }), word, word, (conditions, x, y) => {
      const only = conditions
        .map(({ column, is_not, values }) => `${column}${is_not ? '!=' : '='}${values}`)
        .join(';');
      const read = readerOf('csv', only, 'telephone=to,dialed_at=at,result=r');
      read('to,at,r,x,y');
      const passes = conditions.every(({ column, is_not, values }) => {
        const field = (column === 'x' ? x : y).toLowerCase();
        const is_one = values.some((one) =>
          one.endsWith('*') ? field.startsWith(one.slice(0, -1)) : field === one,
        );
        return is_one !== is_not;
      });
      expect(read(`57300,${AT},BUSY,${x},${y}`)).toBe(passes ? 'leg' : 'filtered');
    }),
  );
});
