import type { Text } from '../language.js';
import type { MachineCode } from '../machine-codes.js';
import type { TableColumn } from '../table.js';

/** The heading of each machine code in a file. */
export const CODE_HEADINGS: Readonly<Record<MachineCode, Text>> = {
  no_answer: { en: 'No answer', es: 'No contesta' },
  answer_machine: { en: 'Answering machine', es: 'Contestador' },
  busy: { en: 'Busy', es: 'Ocupado' },
  congestion: { en: 'Congestion', es: 'Congestión' },
  failed: { en: 'Failed', es: 'Fallido' },
  answer: { en: 'Answered', es: 'Contestado' },
  abandon: { en: 'Abandoned', es: 'Abandonado' },
  recall: { en: 'Recall', es: 'Volver a llamar' },
  do_not_call: { en: 'Do not call', es: 'No llamar' },
  unknown: { en: 'Unknown', es: 'Desconocido' },
};

/** The column that counts the attempts with one code. */
export function codeColumn(code: MachineCode): TableColumn {
  return {
    name: code,
    kind: 'count',
    heading: CODE_HEADINGS[code],
    description: {
      en: `Attempts with the machine code \`${code}\`.`,
      es: `Intentos con el código de máquina \`${code}\`.`,
    },
  };
}
