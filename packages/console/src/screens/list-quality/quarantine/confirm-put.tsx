import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Dialog } from '../../../parts/dialog.js';
import { useWhen } from './when.js';

const WORDS = {
  title: {
    en: 'Put {count} {count: telephone|telephones} aside?',
    es: '¿Apartar {count} {count: teléfono|teléfonos}?',
  },
  title_one: { en: 'Put 1 telephone aside?', es: '¿Apartar 1 teléfono?' },
  never: {
    en: 'No dialer that asks Recuento dials them until somebody puts them back. Those that are aside already are not counted twice.',
    es: 'Ningún marcador que consulte a Recuento los marca hasta que alguien los devuelva. Los que ya están apartados no se cuentan dos veces.',
  },
  until: {
    en: 'No dialer that asks Recuento dials them until {until}. Those that are aside already for as long stay as they are.',
    es: 'Hasta el {until}, ningún marcador que consulte a Recuento los marca. Los que ya están apartados por ese tiempo o más quedan como están.',
  },
  confirm: { en: 'Put them aside', es: 'Apartarlos' },
  cancel: { en: 'Cancel', es: 'Cancelar' },
} as const;

interface ConfirmPutProps {
  readonly count: number;
  /** RFC 3339; null is until somebody puts them back. */
  readonly until: string | null;
  readonly onClose: () => void;
  readonly confirm: () => void;
}

/** The last question before a list is put aside. */
export function ConfirmPut({ count, until, onClose, confirm }: ConfirmPutProps) {
  const say = useSay();
  const formats = useOperationFormats();
  const when = useWhen();
  const title = say(count === 1 ? WORDS.title_one : WORDS.title, { count: formats.count(count) });
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="quarantine-dialog">
        <p>{until === null ? say(WORDS.never) : say(WORDS.until, { until: when.minute(until) })}</p>
        <div className="actions quarantine-answer">
          <button type="button" className="primary" onClick={confirm}>
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
