import type { RejectReason } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { PlainTable } from '../../../parts/plain-table.js';
import { ServiceText } from '../service-text.js';

const WORDS = {
  title: { en: 'Rejected lines by reason', es: 'Líneas rechazadas por motivo' },
  reason: { en: 'Why lines were rejected', es: 'Por qué se rechazaron líneas' },
  lines: { en: 'Lines', es: 'Líneas' },
  first: { en: 'First in line', es: 'Primera en la línea' },
  others: { en: 'Other reasons', es: 'Otros motivos' },
} as const;

interface RejectReasonsProps {
  readonly reasons: readonly RejectReason[];
  /** All rejected lines. */
  readonly rejected: number;
}

/** Why lines were rejected, and how many for each reason. */
export function RejectReasons({ reasons, rejected }: RejectReasonsProps) {
  const say = useSay();
  const { count } = useOperationFormats();
  if (reasons.length === 0) return null;
  const others = rejected - reasons.reduce((sum, { lines }) => sum + lines, 0);
  const rows: readonly (Omit<RejectReason, 'first_line'> & { readonly first_line: number | null })[] = [
    ...reasons,
    ...(others > 0 ? [{ reason: say(WORDS.others), lines: others, first_line: null }] : []),
  ];
  return (
    <PlainTable
      caption={say(WORDS.title)}
      rows={rows}
      keyOf={({ reason }) => reason}
      columns={[
        {
          key: 'reason',
          title: say(WORDS.reason),
          cell: ({ reason, first_line }) => (first_line === null ? reason : <ServiceText text={reason} />),
        },
        { key: 'lines', title: say(WORDS.lines), kind: 'number', cell: ({ lines }) => count(lines) },
        {
          key: 'first',
          title: say(WORDS.first),
          kind: 'number',
          cell: ({ first_line }) => (first_line === null ? '' : count(first_line)),
        },
      ]}
    />
  );
}
