import { useState } from 'react';
import { useSay } from '../../../language/language.js';
import { Dialog } from '../../../parts/dialog.js';
import { Foreign } from '../../../parts/foreign.js';
import { useRestore } from './queries.js';
import { RestoreFailure } from './restore-failure.js';
import { RestoreReason } from './restore-reason.js';

const WORDS = {
  title: { en: 'Put this telephone back?', es: '¿Devolver este teléfono?' },
  about: {
    en: 'It may be dialed again at once, whatever put it aside. Other ways to write its line go back with it.',
    es: 'Se le puede volver a marcar de inmediato, sea lo que sea lo que lo apartó. Las demás formas de escribir su línea vuelven con él.',
  },
  confirm: { en: 'Put it back', es: 'Devolverlo' },
  cancel: { en: 'Cancel', es: 'Cancelar' },
  done: { en: 'It is put back.', es: 'Quedó devuelto.' },
  nothing: {
    en: 'It was put back already: nothing had to be done.',
    es: 'Ya estaba devuelto: no hubo nada que hacer.',
  },
  close: { en: 'Close', es: 'Cerrar' },
} as const;

interface RestoreOneProps {
  readonly telephone: string;
  readonly onClose: () => void;
}

/** Puts one telephone back after a last question, with a reason for the history. */
export function RestoreOne({ telephone, onClose }: RestoreOneProps) {
  const say = useSay();
  const [reason, setReason] = useState('');
  const restore = useRestore();
  if (restore.isSuccess)
    return (
      <Dialog title={<Foreign text={telephone} />} onClose={onClose}>
        <div className="quarantine-dialog">
          <p role="status">{say(restore.data.telephones_restored === 0 ? WORDS.nothing : WORDS.done)}</p>
          <div className="actions quarantine-answer">
            <button type="button" onClick={onClose}>
              {say(WORDS.close)}
            </button>
          </div>
        </div>
      </Dialog>
    );
  const run = () =>
    restore.mutate({ telephones: [telephone], ...(reason.trim() !== '' && { reason: reason.trim() }) });
  return (
    <Dialog title={say(WORDS.title)} onClose={onClose}>
      <div className="quarantine-dialog">
        <p>
          <strong>
            <Foreign text={telephone} />
          </strong>
        </p>
        <p>{say(WORDS.about)}</p>
        <RestoreReason value={reason} onChange={setReason} />
        {restore.isError && <RestoreFailure error={restore.error} />}
        <div className="actions quarantine-answer">
          <button type="button" className="primary" disabled={restore.isPending} onClick={run}>
            {say(WORDS.confirm)}
          </button>
          <button type="button" onClick={onClose}>
            {say(WORDS.cancel)}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
