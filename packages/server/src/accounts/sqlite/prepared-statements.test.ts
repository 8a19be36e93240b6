import Database from 'libsql';
import { beforeEach, expect, test } from 'vitest';
import { PreparedStatements } from './prepared-statements.js';

let prepared: string[];
let statements: PreparedStatements;
beforeEach(() => {
  prepared = [];
  const database = new Database(':memory:');
  database.exec('CREATE TABLE numbers (number INTEGER PRIMARY KEY)');
  statements = new PreparedStatements({
    prepare: (sql) => {
      prepared.push(sql);
      return database.prepare(sql);
    },
    close: () => database.close(),
  });
});

const INSERT = 'INSERT INTO numbers VALUES (?)';
const SELECT = 'SELECT number FROM numbers WHERE number >= ? ORDER BY number';

test('a text is prepared once, and each run finds what there is then', () => {
  for (let number = 1; number <= 5; number += 1) {
    expect(statements.prepare(INSERT).run([number])).toMatchObject({ changes: 1 });
    const rows = statements.prepare(SELECT).all([2]);
    expect(rows).toHaveLength(number - 1);
  }
  expect(prepared).toEqual([INSERT, SELECT]);
});

test('a column that comes later is seen', () => {
  const all = 'SELECT * FROM numbers';
  statements.prepare(INSERT).run([1]);
  expect(statements.prepare(all).all([])).toEqual([{ number: 1 }]);
  statements.prepare('ALTER TABLE numbers ADD COLUMN name TEXT DEFAULT "one"').run([]);
  expect(statements.prepare(all).all([])).toEqual([{ number: 1, name: 'one' }]);
});

test('a statement that failed is prepared anew', () => {
  statements.prepare(INSERT).run([1]);
  expect(() => statements.prepare(INSERT).run([1])).toThrow('UNIQUE');
  expect(statements.prepare(INSERT).run([2])).toMatchObject({ changes: 1 });
  expect(prepared).toEqual([INSERT, INSERT]);
});

test('256 statements are kept, those that were used last', () => {
  const sqlOf = (number: number) => `SELECT ${number}`;
  for (let number = 0; number < 256; number += 1) statements.prepare(sqlOf(number));
  statements.prepare(sqlOf(0));
  statements.prepare(sqlOf(256)); // for which the second one goes
  prepared = [];
  for (const number of [0, 2, 255, 256]) statements.prepare(sqlOf(number));
  expect(prepared).toEqual([]);
  statements.prepare(sqlOf(1));
  expect(prepared).toEqual([sqlOf(1)]);
});

test('a long text is not kept: SQLite would keep what it was run with, too', () => {
  const sqlOf = (chars: number) => 'SELECT 1'.padEnd(chars);
  for (const chars of [512, 512, 513, 513]) expect(statements.prepare(sqlOf(chars)).all([])).toHaveLength(1);
  expect(prepared).toEqual([sqlOf(512), sqlOf(513), sqlOf(513)]);
});

test('two readers row by row have a statement each', () => {
  for (let number = 1; number <= 3; number += 1) statements.prepare(INSERT).run([number]);
  const first = statements.prepare(SELECT).iterate([1]);
  const second = statements.prepare(SELECT).iterate([2]);
  expect(first.next().value).toEqual({ number: 1 });
  expect(second.next().value).toEqual({ number: 2 });
  expect([...first]).toEqual([{ number: 2 }, { number: 3 }]);
  expect([...second]).toEqual([{ number: 3 }]);
});
