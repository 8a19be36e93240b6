import type { TelephoneAttemptDocument } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Foreign } from '../../../parts/foreign.js';
import { type PlainColumn, PlainTable } from '../../../parts/plain-table.js';
import { CodeWord } from '../codes-bar.js';
import { EVIDENCE_WORDS } from './code-meanings.js';

const WORDS = {
  at: { en: 'Dialed', es: 'Marcado' },
  result: { en: 'Machine code', es: 'Código de máquina' },
  evidence: { en: 'What it says of the number', es: 'Qué dice del número' },
  in_fault: { en: 'Nothing: a trunk fault', es: 'Nada: falla de la troncal' },
  campaign: { en: 'Campaign', es: 'Campaña' },
  trunk: { en: 'Trunk', es: 'Troncal' },
  codes: { en: 'SIP · Q.850', es: 'SIP · Q.850' },
  seconds: { en: 'Seconds', es: 'Segundos' },
  spelling: { en: 'Dialed as', es: 'Se marcó como' },
} as const;

interface AttemptsTableProps {
  readonly telephone: string;
  readonly caption: string;
  readonly attempts: readonly TelephoneAttemptDocument[];
}

/** The list behind the time line. */
export function AttemptsTable({ telephone, caption, attempts }: AttemptsTableProps) {
  const say = useSay();
  const { count, moment } = useOperationFormats();
  // A line can be written in several ways.
  const is_spelled = attempts.some((attempt) => attempt.telephone !== telephone);
  const columns: readonly PlainColumn<TelephoneAttemptDocument>[] = [
    {
      key: 'at',
      title: say(WORDS.at),
      cell: ({ dialed_at }) => <span className="codes-word">{moment(dialed_at)}</span>,
    },
    { key: 'result', title: say(WORDS.result), cell: ({ result }) => <CodeWord code={result} /> },
    {
      key: 'evidence',
      title: say(WORDS.evidence),
      cell: ({ evidence, in_trunk_fault }) =>
        in_trunk_fault ? say(WORDS.in_fault) : say(EVIDENCE_WORDS[evidence]),
    },
    { key: 'campaign', title: say(WORDS.campaign), cell: ({ campaign_id }) => campaign_id },
    { key: 'trunk', title: say(WORDS.trunk), cell: ({ trunk }) => <Foreign text={trunk ?? '–'} /> },
    { key: 'codes', title: say(WORDS.codes), cell: ({ sip, cause }) => `${sip ?? '–'} · ${cause ?? '–'}` },
    {
      key: 'seconds',
      title: say(WORDS.seconds),
      kind: 'number',
      cell: ({ duration_seconds }) => (duration_seconds === null ? '–' : count(duration_seconds)),
    },
    ...(is_spelled
      ? [
          {
            key: 'spelling',
            title: say(WORDS.spelling),
            cell: (attempt: TelephoneAttemptDocument) => <Foreign text={attempt.telephone} />,
          },
        ]
      : []),
  ];
  return (
    <PlainTable
      caption={caption}
      columns={columns}
      rows={attempts}
      keyOf={({ campaign_id, attempt_id, dialed_at, telephone: dialed }) =>
        `${campaign_id} ${dialed} ${dialed_at} ${attempt_id}`
      }
    />
  );
}
