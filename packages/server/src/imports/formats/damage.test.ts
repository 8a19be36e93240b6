import { describe, expect, test } from 'vitest';
import type { Leg } from '../reading/leg.js';
import { parseColumnMap } from '../rows/column-map.js';
import { SpanningRecords } from '../rows/spanning.js';
import type { FormatContext } from './format.js';
import { formatNamed } from './registry.js';

/** Files that people have edited: each kind of damage, in every format in which it can occur. */

interface Kind {
  readonly format: Parameters<typeof formatNamed>[0];
  readonly header: readonly string[];
  /** The fields of a busy call; `note` is a text of which nothing is read. */
  row(call: Call): string[];
  readonly delimiter: string;
}

interface Call {
  readonly telephone: string;
  readonly start: string;
  readonly seconds: string;
  readonly note: string;
}

const UUID = '6ac5dc20-90b2-4e2f-a0a4-3d8a2b6c7f10';
const MAP = 'telephone=To,dialed_at=When,result=Result,duration_seconds=Secs';

const KINDS: readonly Kind[] = [
  {
    format: 'asterisk-csv',
    header: [],
    delimiter: ',',
    row: ({ telephone, start, seconds, note }) => [
      ...['', '101', telephone, 'out', note, 'SIP/101-1', 'SIP/north-2', 'Hangup', ''],
      ...[start, '', start, seconds, seconds, 'BUSY', 'DOCUMENTATION', '1772460910.1', ''],
    ],
  },
  {
    format: 'asterisk-custom',
    header: [],
    delimiter: ',',
    row: ({ telephone, start, seconds, note }) => [
      ...[note, '101', telephone, 'out', 'SIP/101-1', 'SIP/north-2', 'Hangup', '', start, '', start],
      ...[seconds, seconds, 'BUSY', 'DOCUMENTATION', '', '1772460910.1', '', '3'],
    ],
  },
  {
    format: 'asterisk-sql',
    header: [
      'calldate',
      'clid',
      'dst',
      'lastapp',
      'lastdata',
      'duration',
      'billsec',
      'disposition',
      'uniqueid',
    ],
    delimiter: ';',
    row: ({ telephone, start, seconds, note }) => [
      ...[start, note, telephone, 'Hangup', '', seconds, seconds, 'BUSY', '1772460910.1'],
    ],
  },
  {
    format: 'csv',
    header: ['Note', 'To', 'When', 'Secs', 'Result'],
    delimiter: '|',
    row: ({ telephone, start, seconds, note }) => [note, telephone, start, seconds, 'BUSY'],
  },
  {
    format: 'freeswitch-csv',
    header: [],
    delimiter: ',',
    row: ({ telephone, start, seconds, note }) => [
      ...[note, '', telephone, 'default', start, '', start, seconds, seconds, 'USER_BUSY', UUID],
      ...['', 'acme', 'PCMU', 'PCMU'],
    ],
  },
  {
    format: 'fusionpbx',
    header: [
      ...['caller_id_name', 'destination_number', 'start_stamp', 'billsec', 'hangup_cause', 'xml_cdr_uuid'],
      ...['direction', 'answer_stamp'],
    ],
    delimiter: ',',
    row: ({ telephone, start, seconds, note }) => [
      ...[note, telephone, start, seconds, 'USER_BUSY', UUID, 'outbound', ''],
    ],
  },
  {
    format: 'grandstream',
    header: [
      ...['Caller ID', 'Callee Number', 'Source Channel', 'Last app.', 'Start Time', 'Talk Time'],
      ...['Call Status', 'Unique ID', 'Call Type'],
    ],
    delimiter: ',',
    row: ({ telephone, start, seconds, note }) => [
      ...[note, telephone, 'PJSIP/101-1', 'Hangup', start, seconds, 'BUSY', '1772460910.1', 'Outbound'],
    ],
  },
  {
    format: 'plivo',
    header: [
      ...['call_uuid', 'to_number', 'initiation_time', 'answer_time', 'bill_duration', 'call_direction'],
      ...['hangup_cause_code', 'cnam_lookup'],
    ],
    delimiter: ',',
    row: ({ telephone, start, seconds, note }) => [
      ...['u-1', telephone, start, '', seconds, 'outbound', '3010', note],
    ],
  },
  {
    format: 'twilio',
    header: ['sid', 'to', 'status', 'start_time', 'duration', 'direction', 'caller_name'],
    delimiter: ',',
    row: ({ telephone, start, seconds, note }) => [
      ...[`CA${'a'.repeat(32)}`, telephone, 'busy', start, seconds, 'outbound-api', note],
    ],
  },
  {
    format: 'vendor-campaign-3',
    header: ['campaign_id', 'telephone', 'date', 'result', 'conn_id', 'agent_name'],
    delimiter: ',',
    row: ({ telephone, start, note }) => ['1001', telephone, start, 'BUSY', 'c-1', note],
  },
  {
    format: 'vicidial-log',
    header: ['uniqueid', 'lead_id', 'call_date', 'length_in_sec', 'status', 'phone_number', 'comments'],
    delimiter: '\t',
    row: ({ telephone, start, seconds, note }) => [
      ...['1772460910.1', '7', start, seconds, 'AB', telephone, note],
    ],
  },
  {
    format: 'vicidial-export',
    header: [
      'call_date',
      'phone_number_dialed',
      'status',
      'user',
      'vendor_lead_code',
      'length_in_sec',
      'comments',
    ],
    delimiter: '\t',
    row: ({ telephone, start, seconds, note }) => [start, telephone, 'AB', 'VDAD', 'C-1', seconds, note],
  },
];

const CALL: Call = { telephone: '573001234567', start: '2026-03-02 09:15:10', seconds: '0', note: 'n' };

/** As CSV has it: quotes around what needs them, and doubled inside. */
const strict = (delimiter: string) => (text: string) =>
  text === '' || text.includes(delimiter) || /["\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

function readAll(kind: Kind, lines: readonly string[], context: Partial<FormatContext> = {}) {
  const map = parseColumnMap(MAP);
  const read = formatNamed(kind.format).open({
    time_zone: 'UTC',
    campaign_id: 1001,
    ...(map && { map }),
    ...context,
  });
  const legs: Leg[] = [];
  const rejected: [number, string][] = [];
  const skipped: string[] = [];
  const spanning = new SpanningRecords(read, (line, _, reading) => {
    if (reading === 'blank') skipped.push(reading);
    else if (reading.kind === 'leg') legs.push(reading);
    else if (reading.kind === 'rejected') rejected.push([line, reading.reason]);
    else skipped.push(reading.reason);
  });
  const header = kind.header.length > 0 ? [kind.header.join(kind.delimiter)] : [];
  [...header, ...lines]
    .flatMap((line) => line.split('\n'))
    .forEach((line, at) => {
      spanning.take(at + 1, line);
    });
  spanning.finish();
  read.end?.();
  return { legs, rejected, skipped: skipped.filter((reason) => reason !== 'header') };
}

const lineOf = (kind: Kind, call: Partial<Call> = {}) =>
  kind
    .row({ ...CALL, ...call })
    .map(strict(kind.delimiter))
    .join(kind.delimiter);

describe.each(KINDS)('$format', (kind) => {
  test('a row as it should be', () => {
    const { legs } = readAll(kind, [lineOf(kind)]);
    expect(legs).toMatchObject([{ telephone: '573001234567', code: 'busy' }]);
  });

  test.each(['573001234567.0', '="573001234567"', "'573001234567", ' 573001234567 '])(
    'the telephone %j is read',
    (telephone) => {
      const { legs, rejected } = readAll(kind, [lineOf(kind, { telephone })]);
      expect([legs.map((leg) => leg.telephone), rejected]).toEqual([['573001234567'], []]);
    },
  );

  test.each(['5.73E+11', '5,73E+11'])(
    'the telephone %j has lost its digits, and its line is rejected',
    (telephone) => {
      const { legs, rejected } = readAll(kind, [lineOf(kind, { telephone }), lineOf(kind)]);
      expect(legs).toHaveLength(1);
      expect(rejected).toEqual([
        [kind.header.length > 0 ? 2 : 1, expect.stringContaining(`${telephone} has lost its digits`)],
      ]);
    },
  );

  test.each(['573001234567 / 6015550100', '573001234567;573001234568', '573001234567-6015550100'])(
    'the telephone %j is two, and its line is rejected',
    (telephone) => {
      const { legs, rejected } = readAll(kind, [lineOf(kind, { telephone }), lineOf(kind)]);
      expect(legs).toHaveLength(1);
      expect(rejected).toEqual([
        [kind.header.length > 0 ? 2 : 1, expect.stringContaining(`${telephone} is more than one telephone`)],
      ]);
    },
  );

  test.each(['12/11/2026', '2026-11-12'])(
    'the telephone %j is a date, and its line is rejected',
    (telephone) => {
      const { legs, rejected } = readAll(kind, [lineOf(kind, { telephone })]);
      expect([legs, rejected]).toEqual([[], [[expect.any(Number), expect.stringContaining('is a date')]]]);
    },
  );

  test.each(['nan', 'None', '#N/A', '-', 'Anonymous', ''])('%j is not a telephone', (telephone) => {
    const { legs, rejected, skipped } = readAll(kind, [lineOf(kind, { telephone })]);
    expect({ legs, rejected, skipped }).toEqual({ legs: [], rejected: [], skipped: ['no_telephone'] });
  });

  test('line breaks in quotes: one record, and nothing inside it is another', () => {
    const inside = lineOf(kind, { telephone: '573009999999' }).replaceAll('"', '""');
    const note = `customer pasted:\n${inside.replaceAll('""', '"')}\n\nend`;
    const { legs, rejected } = readAll(kind, [
      lineOf(kind, { note }),
      lineOf(kind, { telephone: '573001234568' }),
    ]);
    expect(legs.map((leg) => leg.telephone)).toEqual(['573001234567', '573001234568']);
    expect(rejected).toEqual([]);
  });

  test('a quote that never closes costs its own line', () => {
    const broken = lineOf(kind, { note: 'x' }).replace(/(^|[,;|\t])x($|[,;|\t])/, '$1"x$2');
    const { legs, rejected } = readAll(kind, [lineOf(kind), broken, lineOf(kind), lineOf(kind)]);
    expect(legs).toHaveLength(3);
    expect(rejected).toEqual([[kind.header.length > 0 ? 3 : 2, 'a quote is not closed']]);
  });

  test('a telephone in other digits than ASCII has no attempt, and is not passed over where numbers alone are dialed', () => {
    const { legs, rejected } = readAll(kind, [lineOf(kind, { telephone: '５７３００１２３４５６７' })]);
    const numbers_alone = ['csv', 'vendor-campaign-3', 'vicidial-log', 'vicidial-export'];
    expect(legs).toEqual([]);
    expect(rejected).toHaveLength(numbers_alone.includes(kind.format) ? 1 : 0);
  });

  test('two quotes that never close, in one column, make no call of two', () => {
    const broken = (telephone: string, note: string) =>
      lineOf(kind, { telephone, note: 'x' }).replace(/(^|[,;|\t])x($|[,;|\t])/, `$1${note}$2`);
    const { legs, rejected } = readAll(kind, [
      lineOf(kind),
      broken('573001234568', '"Ana'),
      lineOf(kind, { telephone: '573001234569' }),
      broken('573001234560', 'Eva"'),
      lineOf(kind),
    ]);
    const [first = 0] = rejected.map(([line]) => line);
    expect(legs.map(({ telephone }) => telephone)).not.toContain('573001234568');
    expect(legs.map(({ telephone }) => telephone)).toContain('573001234569');
    expect(first).toBe(kind.header.length > 0 ? 3 : 2);
    expect(legs.length + rejected.length).toBe(5);
  });

  test.each([
    (text: string) => `"${text}" <101>`,
    (text: string) => `""${text}" <101>"`,
    (text: string) => `""${text}${kind.delimiter} x" <101>"`,
    (text: string) => `${text} "x"`,
  ])('quotes that are not doubled: one reading, which is read (%#)', (pasted) => {
    const fields = kind.row({ ...CALL, note: 'NOTE' }).map(strict(kind.delimiter));
    const line = fields.map((text) => (text === 'NOTE' ? pasted('Ventas') : text)).join(kind.delimiter);
    const { legs, rejected } = readAll(kind, [lineOf(kind), line]);
    expect(rejected).toEqual([]);
    expect(legs.map(({ telephone, code }) => [telephone, code])).toEqual(
      Array(2).fill(['573001234567', 'busy']),
    );
  });

  const AT_S = Date.UTC(2026, 2, 2, 9, 15) / 1_000;
  test.each<[string, 'dmy' | 'mdy' | undefined]>([
    ['2026/3/2 9:15', undefined],
    ['2026.03.02 09:15:00', undefined],
    ['2026-03-02 04:15:00.120445-05', undefined],
    ['2026-03-02 04:15:00-0500', undefined],
    ['2026-03-02T09:15:00Z', undefined],
    ['02/03/2026 09:15', 'dmy'],
    ['3/2/26 9:15', 'mdy'],
  ])('the date %j, declared order %s', (start, date_order) => {
    const call = lineOf(kind, { start }).replaceAll('1772460910.1', 'k');
    const { legs } = readAll(kind, [call], date_order === undefined ? {} : { date_order });
    expect(legs.map((leg) => leg.dialed_at_s)).toEqual([AT_S]);
  });

  test.each(['-1', '-1772460910', 'nan', '20.5', '00:00:12', ''])(
    'the seconds %j decide nothing',
    (seconds) => {
      expect(readAll(kind, [lineOf(kind, { seconds })]).legs).toMatchObject([{ code: 'busy' }]);
    },
  );
});

describe.each(KINDS.filter(({ header }) => header.length > 0))('$format', (kind) => {
  test.each([
    ['a line of empty fields', '"","","","","FORM"'],
    ['a title', 'Calls of March'],
    ['sep=', 'sep='],
  ])('before its header there is %s', (_, before) => {
    const line = before === 'sep=' ? before + kind.delimiter : before;
    const header = kind.header.join(kind.delimiter);
    const { legs, rejected } = readAll({ ...kind, header: [] }, [line, header, lineOf(kind)]);
    expect([legs.length, rejected]).toEqual([1, []]);
  });

  test.each(['the same', 'another order', 'one more column'])(
    'files that were put together: the header of the second, with %s, holds from there on',
    (how) => {
      const turned = <T>(fields: T[]): T[] => (how === 'another order' ? fields.toReversed() : fields);
      const wide = (fields: string[], name: string) =>
        how === 'one more column' ? [...fields, name] : fields;
      const second = (fields: string[], name: string) => turned(wide(fields, name)).join(kind.delimiter);
      const row = (telephone: string) => kind.row({ ...CALL, telephone });
      const lines = [
        lineOf(kind, { telephone: '573001234568' }),
        second([...kind.header], 'Campaign 2026'),
        second(row('573001234569'), 'x'),
      ];
      for (const only of [undefined, [{ column: kind.header[0] ?? '', is_not: true, values: ['none'] }]]) {
        const { legs, rejected, skipped } = readAll(kind, lines, only && { only });
        expect([legs.map(({ telephone }) => telephone), rejected, skipped]).toEqual([
          ['573001234568', '573001234569'],
          [],
          [],
        ]);
      }
    },
  );

  test('the header of a second file without the telephone ends it: its rows would be read by other columns', () => {
    const telephone = kind.row(CALL).indexOf(CALL.telephone);
    const second = kind.header.with(telephone, 'Celular').join(kind.delimiter);
    const lines = [lineOf(kind), second, lineOf(kind, { telephone: '573009999999' })];
    expect(() => readAll(kind, lines)).toThrow(
      'a second file begins in it, which is to be imported by itself',
    );
  });

  test('a table of totals behind the rows is rejected line by line, though it has names of columns', () => {
    const totals = [kind.header.slice(0, 2).join(kind.delimiter), ['BUSY', '1'].join(kind.delimiter)];
    const { legs, rejected } = readAll(kind, [lineOf(kind), ...totals]);
    expect([legs.length, rejected.map(([line]) => line)]).toEqual([1, [3, 4]]);
  });

  test('a table for people, with blanks around its values, is read as without them', () => {
    const padded = (fields: readonly string[]) => fields.map((field) => ` ${field}  `).join(kind.delimiter);
    const lines = [padded(kind.header), padded(kind.row(CALL))];
    const { legs, rejected } = readAll({ ...kind, header: [] }, lines);
    const [bare] = readAll(kind, [lineOf(kind)]).legs;
    expect(rejected).toEqual([]);
    // A csv without ids has the line itself for one.
    expect(legs).toEqual([kind.format === 'csv' ? { ...bare, attempt_id: legs[0]?.attempt_id } : bare]);
  });
});

test.each(KINDS.filter(({ header }) => header.length === 0))(
  '$format is told by its beginning, whatever quotes and line breaks are in its rows',
  (kind) => {
    const fields = kind
      .row({ ...CALL, note: 'NOTE' })
      .map(strict(kind.delimiter))
      .join(',');
    const pasted = fields.replace('NOTE', '""Ana "la jefa" Gil" <101>"');
    const spanning = fields.replace('NOTE', '"a\nb\n\nc"').split('\n');
    const lines = [pasted, ...spanning, pasted, pasted];
    const recognised = KINDS.filter(
      ({ format }) => formatNamed(format).recognise?.({ text: lines.join('\n'), lines }) !== undefined,
    );
    expect(recognised.map(({ format }) => format)).toEqual([kind.format]);
  },
);

test('a csv without a header: columns by their number', () => {
  const lines = ['a1,573001234567,2026-03-02 09:15:10,BUSY', 'a2,573001234568,2026-03-02 09:16:10,NO ANSWER'];
  for (const numbers of [
    'telephone=2,dialed_at=3,result=4,attempt_id=1',
    'telephone=#2,dialed_at=#3,result=#4',
  ]) {
    const map = parseColumnMap(numbers);
    const kind = { ...KINDS[3], format: 'csv', header: [] } as Kind;
    const { legs } = readAll(kind, lines, { ...(map && { map }) });
    expect(legs.map(({ telephone, code }) => [telephone, code])).toEqual([
      ['573001234567', 'busy'],
      ['573001234568', 'no_answer'],
    ]);
    const twice = ['id,to,when,result', lines[0] ?? '', 'id,to,when,result', lines[1] ?? ''];
    const { legs: put_together, rejected } = readAll(kind, twice, { ...(map && { map }) });
    expect([put_together.length, rejected]).toEqual([2, []]);
    expect(() => readAll(kind, ['a1,573001234567,2026-03-02 09:15:10'], { ...(map && { map }) })).toThrow(
      'map names column 4, and its first line has 3',
    );
  }
});
