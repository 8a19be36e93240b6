import type { QuarantineActDocument } from '@recuento/contract';
import { useState } from 'react';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Dialog } from '../../../parts/dialog.js';
import { Foreign } from '../../../parts/foreign.js';
import { Loaded } from '../../../parts/loaded.js';
import { useAct, useRestore } from './queries.js';
import { RestoreFailure } from './restore-failure.js';
import { RestoreReason } from './restore-reason.js';

const WORDS = {
  title: { en: 'Undo this act?', es: '¿Deshacer esta acción?' },
  about: {
    en: '{count} telephones go back and may be dialed again at once.',
    es: '{count} teléfonos vuelven y se les puede marcar de inmediato.',
  },
  about_one: {
    en: '1 telephone goes back and may be dialed again at once.',
    es: '1 teléfono vuelve y se le puede marcar de inmediato.',
  },
  stay: {
    en: '{count} that it took {count: stays|stay} aside, as something else holds {count: it|them} too.',
    es: '{count} de los que tomó {count: sigue apartado|siguen apartados}, porque algo más {count: lo|los} mantiene.',
  },
  nothing: {
    en: 'There is nothing to undo any more: its telephones went back already.',
    es: 'Ya no hay nada que deshacer: sus teléfonos ya volvieron.',
  },
  confirm: { en: 'Undo it', es: 'Deshacerlo' },
  cancel: { en: 'Cancel', es: 'Cancelar' },
  done: {
    en: 'Undone: {count} telephones are as they would be without it.',
    es: 'Deshecho: {count} teléfonos quedaron como estarían sin ella.',
  },
  done_one: {
    en: 'Undone: 1 telephone is as it would be without it.',
    es: 'Deshecho: 1 teléfono quedó como estaría sin él.',
  },
  close: { en: 'Close', es: 'Cerrar' },
} as const;

interface UndoActProps {
  readonly act: QuarantineActDocument;
  readonly onClose: () => void;
}

/** Undoes an act after a last question that says how many go back. */
export function UndoAct({ act: { id, reason: act_reason }, onClose }: UndoActProps) {
  const say = useSay();
  const formats = useOperationFormats();
  const [reason, setReason] = useState('');
  const query = useAct(id);
  const restore = useRestore();
  const answer = (words: 'close' | 'cancel') => (
    <button type="button" onClick={onClose}>
      {say(WORDS[words])}
    </button>
  );
  if (restore.isSuccess) {
    const { telephones_restored: count } = restore.data;
    return (
      <Dialog title={say(WORDS.title)} onClose={onClose}>
        <div className="quarantine-dialog">
          <p role="status">
            {count === 0
              ? say(WORDS.nothing)
              : say(count === 1 ? WORDS.done_one : WORDS.done, { count: formats.count(count) })}
          </p>
          <div className="actions quarantine-answer">{answer('close')}</div>
        </div>
      </Dialog>
    );
  }
  const run = () => restore.mutate({ id, ...(reason.trim() !== '' && { reason: reason.trim() }) });
  return (
    <Dialog title={say(WORDS.title)} onClose={onClose}>
      <div className="quarantine-dialog">
        <p>
          <strong>
            <Foreign text={act_reason} />
          </strong>
        </p>
        <Loaded query={query} height_rem={6}>
          {({ telephones_held, undo }) => {
            const back = undo?.telephones_dialed_again ?? 0;
            if (telephones_held === 0)
              return (
                <>
                  <p>{say(WORDS.nothing)}</p>
                  <div className="actions quarantine-answer">{answer('close')}</div>
                </>
              );
            return (
              <>
                <p>
                  {say(back === 1 ? WORDS.about_one : WORDS.about, { count: formats.count(back) })}{' '}
                  {telephones_held > back &&
                    say(WORDS.stay, { count: formats.count(telephones_held - back) })}
                </p>
                <RestoreReason value={reason} onChange={setReason} />
                {restore.isError && <RestoreFailure error={restore.error} />}
                <div className="actions quarantine-answer">
                  <button type="button" className="primary" disabled={restore.isPending} onClick={run}>
                    {say(WORDS.confirm)}
                  </button>
                  {answer('cancel')}
                </div>
              </>
            );
          }}
        </Loaded>
      </div>
    </Dialog>
  );
}
