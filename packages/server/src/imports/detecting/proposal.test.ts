import { expect, test } from 'vitest';
import { csv } from '../formats/csv.js';
import { parseColumnMap } from '../rows/column-map.js';
import { proposalFor } from './proposal.js';

const ROW = 'c-1;573001234567;02/03/2026 09:15;BUSY';

test.each<[string, string[], string]>([
  [
    'its names',
    ['Call ID,Phone Number,Start Time,Disposition', 'c-1,573001234567,2026-03-02 09:15:10,BUSY'],
    "line 1 has the columns Call ID, Phone Number, Start Time, Disposition; if these are calls that were dialed, try: csv --map 'telephone=Phone Number,dialed_at=Start Time,result=Disposition,attempt_id=Call ID'",
  ],
  [
    'names in Spanish behind a title, and dates without an order',
    ['Reporte', 'Id;Teléfono;Fecha y hora;Resultado', ROW],
    "line 2 has the columns Id, Teléfono, Fecha y hora, Resultado; if these are calls that were dialed, try: csv --map 'telephone=Teléfono,dialed_at=Fecha y hora,result=Resultado,attempt_id=Id' --date-order dmy (or mdy)",
  ],
  [
    'a direction, so that calls that came in are not counted',
    [
      'Date,Direction,To,Status',
      '2026-03-02 09:15:10,Outbound,573001234567,BUSY',
      '2026-03-02 09:15:10,Inbound,101,BUSY',
    ],
    "line 1 has the columns Date, Direction, To, Status; if these are calls that were dialed, try: csv --map 'telephone=To,dialed_at=Date,result=Status,direction=Direction'",
  ],
  [
    'no direction of other words, as its lines would be rejected',
    [
      'Date,Type,To,Status',
      '2026-03-02 09:15:10,Outbound,573001234567,BUSY',
      '2026-03-02 09:15:10,Phone,101,BUSY',
    ],
    "line 1 has the columns Date, Type, To, Status; if these are calls that were dialed, try: csv --map 'telephone=To,dialed_at=Date,result=Status'",
  ],
  [
    'JSON',
    ['[{"to":"573001234567","when":1}]'],
    'it is JSON of no program that is known here; export it as CSV, and declare its columns by csv and --map',
  ],
  [
    'XML',
    ['<?xml version="1.0"?>', '<calls><a b="1,2"/></calls>'],
    'it is XML of no program that is known here; export it as CSV, and declare its columns by csv and --map',
  ],
  [
    'what is in its columns, where the names say nothing',
    ['A|B|C', '2026-03-02 09:15:10|NO ANSWER|573001234567', '2026-03-02 09:16:10|BUSY|573001234568'],
    "line 1 has the columns A, B, C; if these are calls that were dialed, try: csv --map 'telephone=C,dialed_at=A,result=B'",
  ],
  [
    'what is in its columns, where it has no header',
    ['573001234567,2026-03-02 09:15:10,busy', '573001234568,2026-03-02 09:15:10,failed'],
    "line 1 is no header, and has 3 columns; if these are calls that were dialed, try: csv --map 'telephone=1,dialed_at=2,result=3'",
  ],
  [
    'what is missing',
    ['Phone,City', '573001234567,Cali'],
    "line 1 has the columns Phone, City; if these are calls that were dialed, try: csv --map 'telephone=Phone,dialed_at=…,result=…'",
  ],
  [
    'no name that would end the quotes of the command, the pair or the line',
    [`A';rm x;'|"B,C"|D\u001b[2J`, '2026-03-02 09:15:10|NO ANSWER|573001234567'],
    "line 1 has the columns A';rm x;', B,C, D[2J; declare which of them are what by csv and --map",
  ],
  ['nothing', ['a,b', 'c,d'], 'line 1 has the columns a, b; declare which of them are what by csv and --map'],
  [
    'no columns',
    ['hello'],
    'its lines have no columns with a comma, tab, semicolon or pipe between (the first is "hello")',
  ],
])('it tells by %s', (_, lines, proposal) => {
  expect(proposalFor(lines)).toBe(proposal);
});

test('what it proposes reads the file', () => {
  const lines = ['Id;Phone;When;Outcome', ROW];
  const text = /--map '([^']*)'/.exec(proposalFor(lines))?.[1] ?? '';
  const map = parseColumnMap(text);
  const read = csv.open({ time_zone: 'UTC', date_order: 'dmy', ...(map && { map }) });
  expect(lines.map((line) => read(line))[1]).toMatchObject({ telephone: '573001234567', code: 'busy' });
});
