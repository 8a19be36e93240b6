import { CODE_HEADINGS, MACHINE_CODES_COLUMNS, type Text } from '@recuento/contract';
import type { ReactNode } from 'react';
import type { Formats } from '../../language/formats.js';
import { CodesBar, CodeWord } from './codes-bar.js';
import { type MachineCodesRow, RECOGNITIONS } from './machine-codes-row.js';

/** A column beside the telephone, which every row has. */
export interface Column {
  readonly name: string;
  readonly title: Text;
  readonly kind: 'text' | 'number';
  /** Absent: the table can't be sorted by it. */
  readonly sort?: string;
  readonly cell: (row: MachineCodesRow, formats: Formats) => ReactNode;
}

type Count =
  | (typeof RECOGNITIONS)[number]
  | 'total_machine_recognitions'
  | 'dialed_total'
  | 'answered'
  | 'other';

/** All columns, in their order. */
export const COLUMNS: readonly Column[] = [
  {
    name: 'bar',
    title: { en: 'How its attempts ended', es: 'Cómo terminaron sus intentos' },
    kind: 'text',
    cell: (row) => <CodesBar row={row} />,
  },
  count('total_machine_recognitions'),
  ...RECOGNITIONS.map((code) => count(code, CODE_HEADINGS[code])),
  count('dialed_total'),
  count('answered'),
  count('other'),
  {
    name: 'last_result',
    title: headingOf('last_result'),
    kind: 'text',
    cell: ({ last_result }) => <CodeWord code={last_result} />,
  },
  // The table of a file is in UTC; the screen has the operation's clock.
  instant('first_dialed_at', { en: 'First dialed', es: 'Primera marcación' }),
  instant('last_dialed_at', { en: 'Last dialed', es: 'Última marcación' }),
];

/** What is shown until somebody chooses. */
export const DEFAULT_COLUMNS = {
  wide: ['bar', 'total_machine_recognitions', ...RECOGNITIONS, 'dialed_total', 'answered', 'last_result'],
  narrow: ['bar', 'total_machine_recognitions', 'last_result'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

function headingOf(name: string): Text {
  const column = MACHINE_CODES_COLUMNS.find((one) => one.name === name);
  if (!column) throw new Error(`no column ${name}`);
  return column.heading;
}

function count(name: Count, title = headingOf(name)): Column {
  return { name, title, kind: 'number', sort: name, cell: (row, formats) => counted(row[name], formats) };
}

/** Where there is none of something, it stands back: the eye finds what there is. */
function counted(number: number, formats: Formats): ReactNode {
  return number === 0 ? <span className="quiet">0</span> : formats.count(number);
}

function instant(name: 'first_dialed_at' | 'last_dialed_at', title: Text): Column {
  return { name, title, kind: 'text', sort: name, cell: (row, formats) => formats.moment(row[name]) };
}
