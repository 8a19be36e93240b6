import type { Text } from '../language.js';
import type { MachineCode } from '../machine-codes.js';
import type { TableColumn } from '../table.js';

/** How a machine code is headed in a file. */
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

/** A column with the attempts of one code. */
export function codeColumn(code: MachineCode): TableColumn {
  return {
    name: code,
    kind: 'count',
    heading: CODE_HEADINGS[code],
    description: {
      en: `Attempts that the machine coded \`${code}\`.`,
      es: `Intentos que la máquina codificó \`${code}\`.`,
    },
  };
}
