import type { UnknownWord } from '@recuento/contract';
import { useRef, useState } from 'react';
import { useSay } from '../../language/language.js';
import { useCalls } from '../../operation/calls.js';
import { useCaller } from '../../operation/operation.js';
import { Screen } from '../../parts/screen.js';
import { useWhere } from '../../where/where.js';
import { ChooseFiles } from './choose-files.js';
import './imports.css';
import { ImportDetails } from './past/import-details.js';
import { useOpenImport } from './past/import-link.js';
import { useImports, useNumbersChanged } from './past/imports-list.js';
import { PastImports } from './past/past-imports.js';
import { Review } from './review/review.js';
import { NO_SETTINGS, OF_THE_FORMAT, queryOf, type Settings } from './review/settings.js';
import type { QueuedFile } from './sending/file-queue.js';
import { useNoStrayDrops, useQueue } from './sending/use-queue.js';
import { SentFiles } from './sent-files.js';

const WORDS = {
  title: { en: 'Imports', es: 'Importaciones' },
  about: {
    en: 'What your dialer wrote down becomes attempts. Importing a file twice changes nothing.',
    es: 'Lo que su marcador registró se convierte en intentos. Importar un archivo dos veces no cambia nada.',
  },
  only_looking: {
    en: 'To import files, a token needs the scope ingest.',
    es: 'Para importar archivos, un token necesita el alcance ingest.',
  },
} as const;

export default function Imports() {
  const say = useSay();
  const { params } = useWhere();
  const { queue, files } = useQueue();
  const may_import = useCaller().scopes.includes('ingest');
  const is_sending = files.some(({ state }) => state.kind === 'sending');
  const before = params.get('before') ?? undefined;
  const list = useImports(before, is_sending);
  const { id, close } = useOpenImport();
  useNoStrayDrops();
  const running = (list.data?.imports ?? []).filter(({ state }) => state === 'running');
  return (
    <Screen title={say(WORDS.title)} about={say(WORDS.about)}>
      {may_import ? (
        <>
          <ChooseFiles is_small={files.length > 0} onChosen={(chosen) => queue.add(chosen)} />
          <Files running={is_sending && running.length === 1 ? running[0] : undefined} />
        </>
      ) : (
        <p className="quiet">{say(WORDS.only_looking)}</p>
      )}
      <PastImports query={list} before={before} />
      {id !== undefined && <ImportDetails key={id} id={id} onClose={close} />}
    </Screen>
  );
}

/** The files of this browser: the one that is looked at, and those that were sent. */
function Files({ running }: Pick<Parameters<typeof SentFiles>[0], 'running'>) {
  const calls = useCalls();
  const { queue, files } = useQueue();
  const onEnd = useNumbersChanged();
  const last = useRef<Settings>(undefined);
  const [settings_of] = useState(() => new Map<number, Settings>());
  const [words_of] = useState(() => new Map<number, readonly UnknownWord[]>());
  const chosen = files.filter(({ state }) => state.kind === 'chosen');
  const [reviewed] = chosen;
  const order = ({ id }: QueuedFile, settings: Settings) => {
    // What the next file begins with. What depends on the format is seen anew, and words are the operation's by then.
    last.current = { ...settings, ...OF_THE_FORMAT, format: 'auto', words: NO_SETTINGS.words };
    settings_of.set(id, settings);
    queue.order(id, { address: calls.hrefOf('/v1/imports', queryOf(settings)), onEnd });
  };
  return (
    <>
      {reviewed && (
        <Review
          key={reviewed.id}
          queued={reviewed}
          others={chosen.length - 1}
          begin={settings_of.get(reviewed.id) ?? last.current}
          unknown_words={words_of.get(reviewed.id) ?? []}
          onImport={(settings, { is_for_all }) => {
            for (const each of is_for_all ? chosen : [reviewed]) order(each, settings);
          }}
          onSkip={() => queue.remove(reviewed.id)}
        />
      )}
      <SentFiles
        queue={queue}
        files={files.filter((each) => each.id !== reviewed?.id)}
        running={running}
        onLookAgain={({ id, state }) => {
          if (state.kind === 'imported') words_of.set(id, state.document.unknown_words);
          queue.lookAgain(id);
        }}
        onAgain={({ id }) => queue.orderAgain(id)}
      />
    </>
  );
}
