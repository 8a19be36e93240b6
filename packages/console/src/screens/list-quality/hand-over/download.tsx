import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Failure } from '../../../parts/failure.js';
import { Progress } from '../../../parts/progress.js';
import type { Asked } from './asked.js';
import { fileNameOf } from './dialers.js';
import { useDownload } from './use-download.js';

const WORDS = {
  download: { en: 'Download {file}', es: 'Descargar {file}' },
  under_way: { en: 'Downloading', es: 'Descargando' },
  progress: {
    en: '{size}, {lines} {lines: line|lines} so far',
    es: '{size}, {lines} {lines: línea|líneas} hasta ahora',
  },
  stop: { en: 'Stop', es: 'Detener' },
  done: { en: '{file} is saved and complete: {size}.', es: '{file} quedó guardado y completo: {size}.' },
  done_lines: {
    en: '{file} is saved and complete: {lines} {lines: line|lines}, {size}.',
    es: '{file} quedó guardado y completo: {lines} {lines: línea|líneas}, {size}.',
  },
  next: { en: 'There are more. Download {file}', es: 'Hay más. Descargar {file}' },
  broken: {
    en: 'The download broke off, and nothing was saved.',
    es: 'La descarga se cortó y no se guardó nada.',
  },
} as const;

/** Brings the file, tells how far it has come, and says when it is whole. */
export function Download(asked: Asked) {
  const say = useSay();
  const formats = useOperationFormats();
  const { mutate, isPending, isError, error, data, received, stop } = useDownload(asked);
  const size = ({ bytes }: { readonly bytes: number }) => formats.megabytes(bytes);
  if (isPending && received)
    return (
      <div className="hand-over-download">
        <Progress
          label={say(WORDS.under_way)}
          text={say(WORDS.progress, { size: size(received), lines: formats.count(received.lines) })}
        />
        <button type="button" onClick={stop}>
          {say(WORDS.stop)}
        </button>
      </div>
    );
  const next = data?.next;
  return (
    <div className="hand-over-download">
      {isError && (
        <>
          <p>{say(WORDS.broken)}</p>
          <Failure error={error} />
        </>
      )}
      {data && (
        <p role="status">
          {say(data.lines > 0 ? WORDS.done_lines : WORDS.done, {
            file: data.file,
            lines: formats.count(data.lines),
            size: size(data),
          })}
        </p>
      )}
      <p className="actions">
        {data && next !== undefined && (
          <button
            type="button"
            className="primary"
            onClick={() => mutate({ page: data.page + 1, cursor: next })}
          >
            {say(WORDS.next, { file: fileNameOf(asked.dialer, data.page + 1) })}
          </button>
        )}
        <button
          type="button"
          className={next === undefined ? 'primary' : ''}
          onClick={() => mutate({ page: 1 })}
        >
          {say(WORDS.download, { file: asked.dialer.file })}
        </button>
      </p>
    </div>
  );
}
