import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { Problem } from '../../../api/problem.js';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Failure } from '../../../parts/failure.js';
import { Progress } from '../../../parts/progress.js';
import { useWhere } from '../../../where/where.js';
import type { Sending } from './send-list.js';

const WORDS = {
  under_way: { en: 'Putting telephones aside', es: 'Apartando teléfonos' },
  progress: { en: '{sent} of {all} telephones', es: '{sent} de {all} teléfonos' },
  done: {
    en: '{taken} {taken: telephone is|telephones are} put aside.',
    es: '{taken} {taken: teléfono quedó apartado|teléfonos quedaron apartados}.',
  },
  done_one: { en: '1 telephone is put aside.', es: '1 teléfono quedó apartado.' },
  before: {
    en: '{count: One more was|The other {count} were} aside already, for as long or longer.',
    es: '{count: Otro ya estaba apartado|Los otros {count} ya estaban apartados}, por ese tiempo o más.',
  },
  hand_over: { en: 'Hand them to the dialer', es: 'Entregarlos al marcador' },
  close: { en: 'Close', es: 'Cerrar' },
  lost: {
    en: 'No answer came. {sent} of {all} telephones are put aside for certain; the next ones may be. Nothing is taken twice, so go on when the service answers again.',
    es: 'No llegó respuesta. Con seguridad quedaron apartados {sent} de {all} teléfonos; los siguientes, tal vez. Nada se toma dos veces: continúe cuando el servicio responda.',
  },
  refused: {
    en: '{sent} of {all} telephones were put aside before this:',
    es: 'Antes de esto quedaron apartados {sent} de {all} teléfonos:',
  },
  go_on: { en: 'Go on', es: 'Continuar' },
  leave: { en: 'Leave it at that', es: 'Dejarlo así' },
} as const;

interface ListSendingProps {
  readonly sending: Sending;
  readonly goOn: () => void;
  readonly forget: () => void;
}

/** How far a list has come: on its way, done, or held up. */
export function ListSendingState({ sending, goOn, forget }: ListSendingProps) {
  const say = useSay();
  const formats = useOperationFormats();
  const { hrefOf } = useWhere();
  const { telephones, sent, taken, state, error } = sending;
  const ending = useRef<HTMLDivElement>(null);
  // The form that had the focus is gone.
  useEffect(() => {
    if (state !== 'under way') ending.current?.focus();
  }, [state]);
  const counts = { sent: formats.count(sent), all: formats.count(telephones.length) };
  if (state === 'under way')
    return (
      <div className="panel">
        <Progress
          label={say(WORDS.under_way)}
          share={telephones.length === 0 || sent === 0 ? undefined : sent / telephones.length}
          text={`${say(WORDS.under_way)}: ${say(WORDS.progress, counts)}`}
        />
      </div>
    );
  if (state === 'failed') {
    const is_lost = error instanceof Problem && error.status === 0;
    return (
      <div className="panel" ref={ending} tabIndex={-1}>
        <p role="alert">{say(is_lost ? WORDS.lost : WORDS.refused, counts)}</p>
        {!is_lost && error && <Failure error={error} />}
        <p className="actions">
          <button type="button" className="primary" onClick={goOn}>
            {say(WORDS.go_on)}
          </button>
          <button type="button" onClick={forget}>
            {say(WORDS.leave)}
          </button>
        </p>
      </div>
    );
  }
  const before = telephones.length - taken;
  return (
    <div className="panel quarantine-done" ref={ending} tabIndex={-1}>
      <p role="status">
        <strong>
          {taken === 1 ? say(WORDS.done_one) : say(WORDS.done, { taken: formats.count(taken) })}
        </strong>{' '}
        {before > 0 && say(WORDS.before, { count: formats.count(before) })}
      </p>
      <p className="actions">
        <Link href={hrefOf('/list-quality', { tab: 'hand-over' })}>{say(WORDS.hand_over)} →</Link>
        <button type="button" className="plain" onClick={forget}>
          {say(WORDS.close)}
        </button>
      </p>
    </div>
  );
}
