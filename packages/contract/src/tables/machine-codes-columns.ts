import { MACHINE_RECOGNITIONS } from '../machine-codes.js';
import type { TableColumn } from '../table.js';
import { codeColumn } from './columns.js';

/** `GET /v1/machine-codes`: a row for each telephone with a machine recognition in the window. */
export const MACHINE_CODES_COLUMNS: readonly TableColumn[] = [
  {
    name: 'telephone',
    kind: 'text',
    heading: { en: 'Telephone', es: 'Teléfono' },
    description: { en: 'The telephone, as it was dialed.', es: 'El teléfono, tal como se marcó.' },
  },
  {
    name: 'total_machine_recognitions',
    kind: 'count',
    heading: { en: 'Machine recognitions', es: 'Reconocimientos de máquina' },
    description: {
      en: 'Sum of the five columns that follow.',
      es: 'Suma de las cinco columnas que siguen.',
    },
  },
  ...MACHINE_RECOGNITIONS.map(codeColumn),
  {
    name: 'dialed_total',
    kind: 'count',
    heading: { en: 'Attempts', es: 'Intentos' },
    description: {
      en: 'All attempts of the telephone in the window.',
      es: 'Todos los intentos del teléfono en la ventana.',
    },
  },
  {
    name: 'answered',
    kind: 'count',
    heading: { en: 'Answered', es: 'Contestados' },
    description: {
      en: 'Attempts that a person answered: `answer`.',
      es: 'Intentos que contestó una persona: `answer`.',
    },
  },
  {
    name: 'other',
    kind: 'count',
    heading: { en: 'Other', es: 'Otros' },
    description: {
      en: 'All other attempts: `abandon`, `recall`, `do_not_call`, `unknown`.',
      es: 'Todos los demás intentos: `abandon`, `recall`, `do_not_call`, `unknown`.',
    },
  },
  {
    name: 'first_dialed_at',
    kind: 'instant',
    heading: { en: 'First dialed at (UTC)', es: 'Primera marcación (UTC)' },
    description: {
      en: 'Its first attempt in the window, in UTC.',
      es: 'Su primer intento en la ventana, en UTC.',
    },
  },
  {
    name: 'last_dialed_at',
    kind: 'instant',
    heading: { en: 'Last dialed at (UTC)', es: 'Última marcación (UTC)' },
    description: {
      en: 'Its last attempt in the window, in UTC.',
      es: 'Su último intento en la ventana, en UTC.',
    },
  },
  {
    name: 'last_result',
    kind: 'machine_code',
    heading: { en: 'Last result', es: 'Último resultado' },
    description: {
      en: 'Machine code of the last attempt. If its second has several, the one whose id has the highest hash: the last in the order of the store.',
      es: 'Código de máquina del último intento. Si hay varios en su segundo, el del identificador con el hash más alto: el último en el orden del almacén.',
    },
  },
];
