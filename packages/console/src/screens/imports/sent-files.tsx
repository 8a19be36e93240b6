import type { ImportDocument } from '@recuento/contract';
import { Problem } from '../../api/problem.js';
import { useSay } from '../../language/language.js';
import { useOperationFormats } from '../../operation/operation.js';
import { Failure } from '../../parts/failure.js';
import { Panel } from '../../parts/panel.js';
import { Progress } from '../../parts/progress.js';
import { FileHead, useSize } from './file-head.js';
import { ImportLink } from './past/import-link.js';
import type { FileQueue, QueuedFile } from './sending/file-queue.js';

const WORDS = {
  title: { en: 'Your files', es: 'Sus archivos' },
  stay: {
    en: 'You may look at other screens meanwhile. Keep this tab open: if it is closed, what was stored by then stays, and importing the file again brings the rest.',
    es: 'Puede ver otras pantallas mientras tanto. No cierre esta pestaña: si se cierra, lo guardado hasta entonces queda, y al importar el archivo otra vez llega el resto.',
  },
  next: { en: 'To be looked at next', es: 'Falta revisarlo' },
  waiting: { en: 'Waits for its turn', es: 'Espera su turno' },
  sending: { en: 'Sending', es: 'Enviando' },
  sent_of: { en: '{sent} of {all}', es: '{sent} de {all}' },
  settling: {
    en: 'Sent. The service is storing the rest…',
    es: 'Enviado. El servicio está guardando lo que falta…',
  },
  so_far: { en: 'stored so far: {stored}', es: 'guardadas hasta ahora: {stored}' },
  stop: { en: 'Stop', es: 'Detener' },
  stopped: {
    en: 'Stopped. What was stored by then stays stored.',
    es: 'Detenido. Lo que se guardó hasta entonces queda guardado.',
  },
  unreachable: {
    en: 'The connection ended before the file did, or the file changed while it was read. What was stored by then stays; importing it again brings the rest.',
    es: 'La conexión terminó antes que el archivo, o el archivo cambió mientras se leía. Lo guardado hasta entonces queda; al importarlo otra vez llega el resto.',
  },
  again: { en: 'Try again', es: 'Intentar de nuevo' },
  look_again: { en: 'Look at it again', es: 'Revisarlo otra vez' },
  remove: { en: 'Take off the list', es: 'Quitar de la lista' },
  result: {
    en: 'Stored: {stored} · known already: {unchanged} · rejected: {rejected}',
    es: 'Guardados: {stored} · ya conocidos: {unchanged} · rechazadas: {rejected}',
  },
  words: {
    en: '{words} result words have no meaning yet: look at the file again to say what they mean.',
    es: '{words} palabras de resultado aún no tienen significado: revise el archivo otra vez para decir qué significan.',
  },
} as const;

interface SentFilesProps {
  readonly queue: FileQueue;
  readonly files: readonly QueuedFile[];
  /** The import that runs now, as the service tells it, if there is one alone. */
  readonly running: ImportDocument | undefined;
  readonly onLookAgain: (file: QueuedFile) => void;
  readonly onAgain: (file: QueuedFile) => void;
}

/** The files that this browser has sent, is sending or will send. */
export function SentFiles({ queue, files, running, onLookAgain, onAgain }: SentFilesProps) {
  const say = useSay();
  if (files.length === 0) return null;
  const is_sending = files.some(({ state }) => state.kind === 'sending' || state.kind === 'waiting');
  return (
    <Panel title={say(WORDS.title)} about={is_sending ? say(WORDS.stay) : undefined}>
      <ul className="imports-files">
        {files.map((queued) => (
          <li key={queued.id}>
            <FileHead file={queued.file} />
            <State queued={queued} running={running} />
            <p className="actions">
              {queued.state.kind === 'sending' || queued.state.kind === 'waiting' ? (
                <button type="button" onClick={() => queue.stop(queued.id)}>
                  {say(WORDS.stop)}
                </button>
              ) : (
                <>
                  {(queued.state.kind === 'stopped' || isPassing(queued)) && (
                    <button type="button" onClick={() => onAgain(queued)}>
                      {say(WORDS.again)}
                    </button>
                  )}
                  {queued.state.kind !== 'chosen' && (
                    <button type="button" onClick={() => onLookAgain(queued)}>
                      {say(WORDS.look_again)}
                    </button>
                  )}
                  <button type="button" className="plain" onClick={() => queue.remove(queued.id)}>
                    {say(WORDS.remove)}
                  </button>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Whether the same file may pass when it is sent again as it is. */
function isPassing({ state }: QueuedFile): boolean {
  return (
    state.kind === 'failed' && !(state.error instanceof Problem && [400, 422].includes(state.error.status))
  );
}

interface StateProps {
  readonly queued: QueuedFile;
  readonly running: ImportDocument | undefined;
}

function State({ queued: { file, state }, running }: StateProps) {
  const say = useSay();
  const size = useSize();
  const formats = useOperationFormats();
  switch (state.kind) {
    case 'chosen':
      return <p className="quiet">{say(WORDS.next)}</p>;
    case 'waiting':
      return <p className="quiet">{say(WORDS.waiting)}</p>;
    case 'stopped':
      return <p role="status">{say(WORDS.stopped)}</p>;
    case 'failed':
      return state.error instanceof Problem && state.error.status !== 0 ? (
        <Failure error={state.error} />
      ) : (
        <p className="failure" role="alert">
          {say(WORDS.unreachable)}
        </p>
      );
    case 'imported':
      return <Imported document={state.document} />;
    case 'sending': {
      const is_sent = state.sent_bytes >= file.size;
      const sent = { sent: size(state.sent_bytes), all: size(file.size) };
      // A service that has not written its first batch has stored none: that says nothing.
      const stored = running?.stored ?? 0;
      const so_far = stored > 0 ? ` · ${say(WORDS.so_far, { stored: formats.count(stored) })}` : '';
      return (
        <Progress
          label={say(WORDS.sending)}
          share={is_sent ? undefined : state.sent_bytes / file.size}
          text={`${is_sent ? say(WORDS.settling) : say(WORDS.sent_of, sent)}${so_far}`}
        />
      );
    }
  }
}

function Imported({ document }: { readonly document: ImportDocument }) {
  const say = useSay();
  const { count } = useOperationFormats();
  const { stored, unchanged, rejected, unknown_words } = document;
  const counts = { stored: count(stored), unchanged: count(unchanged), rejected: count(rejected) };
  return (
    <div role="status">
      <p>
        {say(WORDS.result, counts)} <ImportLink id={document.id} />
      </p>
      {unknown_words.length > 0 && <p>{say(WORDS.words, { words: count(unknown_words.length) })}</p>}
    </div>
  );
}
