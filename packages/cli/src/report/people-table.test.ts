import { expect, test } from 'vitest';
import { peopleTable } from './people-table.js';

const ROWS = [
  { telephone: '573001234567', total_machine_recognitions: 5, busy: 10 },
  { telephone: '1', total_machine_recognitions: 12, busy: 0 },
];

test('numbers are at the right of their columns', () => {
  expect(peopleTable(ROWS, 80)).toBe(
    ['telephone     total  busy', '573001234567      5    10', '1                12     0'].join('\n'),
  );
});

test('columns that the line has no room for are left out, whole, and never the first', () => {
  expect(peopleTable(ROWS, 25)).toContain('busy');
  expect(peopleTable(ROWS, 24)).not.toContain('busy');
  expect(peopleTable(ROWS, 24)).toContain('total');
  expect(peopleTable(ROWS, 3).split('\n')).toEqual(['telephone', '573001234567', '1']);
});
