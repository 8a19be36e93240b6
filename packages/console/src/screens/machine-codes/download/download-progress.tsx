import { useSay } from '../../../language/language.js';
import { useCalls } from '../../../operation/calls.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Failure } from '../../../parts/failure.js';
import { Progress } from '../../../parts/progress.js';
import { BrokenOff, FileTooLarge, type Received } from './receive-file.js';
import type { Download, FileAsked } from './use-download.js';

const WORDS = {
  label: { en: 'Download', es: 'Descarga' },
  waiting: {
    en: '{file}: the service is preparing it. Stay on this screen until it is done.',
    es: '{file}: el servicio lo está preparando. Quédese en esta pantalla hasta que termine.',
  },
  coming: { en: '{file}: {received}', es: '{file}: {received}' },
  rows: {
    en: '{bytes}, {rows} {rows: telephone|telephones}',
    es: '{bytes}, {rows} {rows: teléfono|teléfonos}',
  },
  of: { en: '{bytes} of {total}', es: '{bytes} de {total}' },
  done: {
    en: '{file} is complete ({received}). Your browser has put it with your downloads.',
    es: '{file} está completo ({received}). El navegador lo guardó en sus descargas.',
  },
  failed: { en: '{file} was not downloaded.', es: '{file} no se descargó.' },
  broken: {
    en: 'The connection broke off after {received}. Nothing was kept, because half a file looks like a whole one.',
    es: 'La conexión se cortó después de {received}. No se guardó nada, porque medio archivo parece uno completo.',
  },
  too_large: {
    en: 'It is larger than this screen can hold. Your browser can download it by itself, without progress:',
    es: 'Es más grande de lo que esta pantalla puede recibir. Su navegador puede descargarlo por sí solo, sin mostrar el avance:',
  },
  cancel: { en: 'Cancel', es: 'Cancelar' },
  close: { en: 'Close', es: 'Cerrar' },
} as const;

interface DownloadProgressProps {
  readonly download: Download;
  readonly again: (asked: FileAsked) => unknown;
  readonly stop: () => void;
}

/** How far a download is, or what became of it. */
export function DownloadProgress({ download, again, stop }: DownloadProgressProps) {
  const say = useSay();
  const told = useReceivedWords();
  if (download.kind === 'none') return null;
  const { asked, received } = download;
  const file = `${asked.name}.${asked.format}`;
  return (
    <section className="codes-progress" aria-label={say(WORDS.label)}>
      {download.kind === 'coming' && (
        <Progress
          label={say(WORDS.label)}
          share={received?.total_bytes && received.bytes / received.total_bytes}
          text={
            received ? say(WORDS.coming, { file, received: told(received) }) : say(WORDS.waiting, { file })
          }
        />
      )}
      {download.kind === 'done' && (
        <p role="status">
          {say(WORDS.done, { file, received: told({ ...download.received, total_bytes: undefined }) })}
        </p>
      )}
      {download.kind === 'failed' && (
        <div>
          <p>{say(WORDS.failed, { file })}</p>
          <WhyNot error={download.error} asked={asked} received={received} again={() => again(asked)} />
        </div>
      )}
      <button type="button" onClick={stop}>
        {say(download.kind === 'coming' ? WORDS.cancel : WORDS.close)}
      </button>
    </section>
  );
}

interface WhyNotProps {
  readonly error: Error;
  readonly asked: FileAsked;
  readonly received: Received | undefined;
  readonly again: () => unknown;
}

function WhyNot({ error, asked, received, again }: WhyNotProps) {
  const say = useSay();
  const told = useReceivedWords();
  const { hrefOf } = useCalls();
  if (error instanceof BrokenOff) {
    return <p role="alert">{say(WORDS.broken, { received: received ? told(received) : '0' })}</p>;
  }
  if (error instanceof FileTooLarge) {
    const href = hrefOf('/v1/machine-codes', { ...asked.query, format: asked.format });
    return (
      <p role="alert">
        {say(WORDS.too_large)} <a href={href}>{`${asked.name}.${asked.format}`}</a>
      </p>
    );
  }
  return <Failure error={error} again={again} />;
}

/** How much of a file is here, in words. */
function useReceivedWords(): (received: Received) => string {
  const say = useSay();
  const { count, megabytes } = useOperationFormats();
  return ({ bytes, rows, total_bytes }) => {
    if (rows !== undefined) return say(WORDS.rows, { bytes: megabytes(bytes), rows: count(rows) });
    if (total_bytes === undefined) return megabytes(bytes);
    return say(WORDS.of, { bytes: megabytes(bytes), total: megabytes(total_bytes) });
  };
}
