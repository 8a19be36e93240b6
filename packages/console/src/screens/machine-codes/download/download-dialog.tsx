import { type FormEvent, useState } from 'react';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Dialog } from '../../../parts/dialog.js';
import { FILE_FORMATS, type FileFormat } from './formats.js';

const WORDS = {
  title: { en: 'Download the table', es: 'Descargar la tabla' },
  about: {
    en: 'All telephones of the period, campaign and filters that are shown, in their order, with every column.',
    es: 'Todos los teléfonos del período, la campaña y los filtros que se muestran, en su orden y con todas las columnas.',
  },
  format: { en: 'Format', es: 'Formato' },
  start: { en: 'Download', es: 'Descargar' },
} as const;

interface DownloadDialogProps {
  readonly onChoose: (format: FileFormat) => void;
  readonly onClose: () => void;
}

/** Chooses the format of a file, and tells before what each can have. */
export function DownloadDialog({ onChoose, onClose }: DownloadDialogProps) {
  const say = useSay();
  const { count } = useOperationFormats();
  const [chosen, setChosen] = useState<FileFormat>('csv');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onChoose(chosen);
  };
  return (
    <Dialog title={say(WORDS.title)} onClose={onClose}>
      <form className="codes-download" onSubmit={submit}>
        <p>{say(WORDS.about)}</p>
        <fieldset>
          <legend className="unseen">{say(WORDS.format)}</legend>
          {FILE_FORMATS.map(({ format, title, about, rows_max }) => (
            <label key={format}>
              <input
                type="radio"
                name="format"
                checked={chosen === format}
                onChange={() => setChosen(format)}
              />
              <span>
                {say(title)}
                <small className="quiet">{say(about, { rows: count(rows_max ?? 0) })}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <p className="actions">
          <button type="submit">{say(WORDS.start)}</button>
        </p>
      </form>
    </Dialog>
  );
}
