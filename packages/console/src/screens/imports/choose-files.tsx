import { type DragEvent, useRef, useState } from 'react';
import { useLanguage, useSay } from '../../language/language.js';
import { FILES_MAX } from './sending/file-queue.js';

const WORDS = {
  drop: { en: 'Drop files of your dialer here', es: 'Suelte aquí los archivos de su marcador' },
  drop_more: { en: 'Drop more files here', es: 'Suelte aquí más archivos' },
  or: { en: 'or', es: 'o' },
  choose: { en: 'Choose files', es: 'Elegir archivos' },
  limits: {
    en: 'Call logs as text: CSV, TSV, JSON or XML, of any size, as they are or in gzip. No workbooks: save them as CSV.',
    es: 'Registros de llamadas en texto: CSV, TSV, JSON o XML, de cualquier tamaño, tal cual o en gzip. Libros de Excel no: guárdelos como CSV.',
  },
  shown_first: {
    en: 'You see the first rows before anything is stored.',
    es: 'Verá las primeras filas antes de que se guarde nada.',
  },
  formats: { en: 'Which dialers', es: 'Qué marcadores' },
  folders: {
    en: 'A folder can’t be imported: choose the files in it.',
    es: 'Una carpeta no se puede importar: elija los archivos que contiene.',
  },
  too_many: {
    en: 'Only {max} files fit in the list: {left} were left out.',
    es: 'En la lista caben {max} archivos: quedaron por fuera {left}.',
  },
} as const;

interface ChooseFilesProps {
  /** Files are there already: then it takes little room. */
  readonly is_small: boolean;
  /** @returns how many of them found no room */
  readonly onChosen: (files: readonly File[]) => number;
}

/** Where files are dropped, or chosen by a button. */
export function ChooseFiles({ is_small, onChosen }: ChooseFilesProps) {
  const say = useSay();
  const { language } = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  const [is_over, setOver] = useState(false);
  const [complaint, setComplaint] = useState('');
  const take = (files: readonly File[], folders = 0) => {
    const left = files.length === 0 ? 0 : onChosen(files);
    const no_room = left === 0 ? '' : say(WORDS.too_many, { max: FILES_MAX, left });
    setComplaint([folders > 0 ? say(WORDS.folders) : '', no_room].filter((text) => text !== '').join(' '));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const items = [...event.dataTransfer.items].filter(({ kind }) => kind === 'file');
    const is_folder = items.map((item) => item.webkitGetAsEntry()?.isDirectory === true);
    const files = items.flatMap((item, at) => (is_folder[at] ? [] : (item.getAsFile() ?? [])));
    take(files, is_folder.filter(Boolean).length);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way; the button is everybody's
    <div
      className={`imports-drop${is_small ? ' small' : ''}${is_over ? ' over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p className="imports-drop-title">{say(is_small ? WORDS.drop_more : WORDS.drop)}</p>
      <p className="quiet">{say(WORDS.or)}</p>
      <button type="button" className={is_small ? '' : 'primary'} onClick={() => input.current?.click()}>
        {say(WORDS.choose)}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          take([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
      {!is_small && (
        <p className="quiet imports-limits">
          {say(WORDS.limits)} {say(WORDS.shown_first)}{' '}
          <a href={`/docs/calls/import_file?lang=${language}`}>{say(WORDS.formats)}</a>
        </p>
      )}
      <p className="error" role="alert">
        {complaint}
      </p>
    </div>
  );
}
