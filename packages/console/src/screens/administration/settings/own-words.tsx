import { CODE_HEADINGS, type MachineCode, type OperationDocument, readWordName } from '@recuento/contract';
import { useState } from 'react';
import { useSay } from '../../../language/language.js';
import { plainTitle } from '../../../language/plain-title.js';
import { useCaller, useOperationFormats } from '../../../operation/operation.js';
import { Dialog } from '../../../parts/dialog.js';
import { Empty } from '../../../parts/empty.js';
import { Failure } from '../../../parts/failure.js';
import { Foreign } from '../../../parts/foreign.js';
import { Panel } from '../../../parts/panel.js';
import { PlainTable } from '../../../parts/plain-table.js';
import { NewWord } from './new-word.js';
import { useChangeOperation } from './operation-document.js';

const WORDS = {
  title: { en: 'Own result words', es: 'Palabras de resultado propias' },
  about: {
    en: 'What the dialer calls a result, and which machine code that is. They hold for later imports and uploads; stored attempts stay until their file is imported again.',
    es: 'Cómo llama el marcador a un resultado, y qué código de máquina es. Valen para las importaciones y cargas siguientes; los intentos guardados quedan hasta que se importe otra vez su archivo.',
  },
  none: { en: 'No own words', es: 'No hay palabras propias' },
  none_about: {
    en: 'The usual words of dialers are known. An import names those that are not.',
    es: 'Las palabras usuales de los marcadores ya se conocen. Una importación nombra las que no.',
  },
  word: { en: 'Word', es: 'Palabra' },
  trunk: { en: 'Trunk', es: 'Troncal' },
  any: { en: 'any', es: 'cualquiera' },
  means: { en: 'It means', es: 'Significa' },
  acts: { en: 'Acts', es: 'Acciones' },
  forget: { en: 'Forget', es: 'Olvidar' },
  forget_named: { en: 'Forget {word}', es: 'Olvidar {word}' },
  forget_title: { en: 'Forget this word?', es: '¿Olvidar esta palabra?' },
  forget_about: {
    en: 'Later imports and uploads read it as the service’s own tables say, or as unknown.',
    es: 'Las importaciones y cargas siguientes la leen como dicen las tablas del servicio, o como desconocida.',
  },
  keep: { en: 'Keep it', es: 'Conservarla' },
  forgotten: { en: 'The word is forgotten.', es: 'La palabra quedó olvidada.' },
  more: { en: 'Show all {count}', es: 'Mostrar las {count}' },
} as const;

/** An operation can have five hundred; most have a handful. */
const FIRST_SHOWN = 50;

interface Word {
  /** As the API names it: `WORD` or `WORD@TRUNK`. */
  readonly name: string;
  readonly word: string;
  readonly trunk: string;
  readonly code: MachineCode;
}

/** The operation's own result words: for the administrator to change, for everybody else to look at. */
export function OwnWordsPanel({ operation }: { readonly operation: OperationDocument }) {
  const say = useSay();
  const may_change = useCaller().caller === 'administrator';
  const words = Object.entries(operation.words).map(([name, code]) => ({ name, code, ...partsOf(name) }));
  return (
    <Panel title={say(WORDS.title)} about={say(WORDS.about)}>
      {words.length === 0 ? (
        <Empty title={say(WORDS.none)}>
          <p>{say(WORDS.none_about)}</p>
        </Empty>
      ) : (
        <WordTable server={operation.server} words={words} may_change={may_change} />
      )}
      {may_change && <NewWord server={operation.server} />}
    </Panel>
  );
}

function partsOf(name: string): Pick<Word, 'word' | 'trunk'> {
  const read = readWordName(name);
  return typeof read === 'string' ? { word: name, trunk: '' } : read;
}

interface WordTableProps {
  readonly server: string;
  readonly words: readonly Word[];
  readonly may_change: boolean;
}

function WordTable({ server, words, may_change }: WordTableProps) {
  const say = useSay();
  const { count } = useOperationFormats();
  const [shows_all, setShowsAll] = useState(false);
  const [forgetting, setForgetting] = useState<Word>();
  const [said, setSaid] = useState('');
  const columns = [
    { key: 'word', title: say(WORDS.word), cell: ({ word }: Word) => <Foreign text={word} /> },
    {
      key: 'trunk',
      title: say(WORDS.trunk),
      cell: ({ trunk }: Word) => (trunk === '' ? say(WORDS.any) : <Foreign text={trunk} />),
    },
    { key: 'means', title: say(WORDS.means), cell: ({ code }: Word) => say(CODE_HEADINGS[code]) },
  ];
  const acts = {
    key: 'acts',
    title: <span className="unseen">{say(WORDS.acts)}</span>,
    cell: (word: Word) => (
      <button
        type="button"
        aria-label={say(WORDS.forget_named, { word: plainTitle(word.name) })}
        onClick={() => setForgetting(word)}
      >
        {say(WORDS.forget)}
      </button>
    ),
  };
  return (
    <>
      <PlainTable
        caption={say(WORDS.title)}
        columns={may_change ? [...columns, acts] : columns}
        rows={shows_all ? words : words.slice(0, FIRST_SHOWN)}
        keyOf={({ name }) => name}
      />
      {words.length > FIRST_SHOWN && !shows_all && (
        <p>
          <button type="button" onClick={() => setShowsAll(true)}>
            {say(WORDS.more, { count: count(words.length) })}
          </button>
        </p>
      )}
      <p role="status">{said}</p>
      {forgetting && (
        <ForgetWord
          server={server}
          word={forgetting}
          onClose={() => setForgetting(undefined)}
          onForgotten={() => {
            setForgetting(undefined);
            setSaid(say(WORDS.forgotten));
          }}
        />
      )}
    </>
  );
}

interface ForgetWordProps {
  readonly server: string;
  readonly word: Word;
  readonly onClose: () => void;
  readonly onForgotten: () => void;
}

function ForgetWord({ server, word, onClose, onForgotten }: ForgetWordProps) {
  const say = useSay();
  const change = useChangeOperation(server);
  return (
    <Dialog title={say(WORDS.forget_title)} onClose={onClose}>
      <div className="administration-form">
        <p>
          <strong>
            <Foreign text={word.name} />
          </strong>
        </p>
        <p>{say(WORDS.forget_about)}</p>
        {change.error && <Failure error={change.error} />}
        <p className="actions">
          <button
            type="button"
            className="danger"
            disabled={change.isPending}
            onClick={() => change.mutate({ words: { [word.name]: null } }, { onSuccess: onForgotten })}
          >
            {say(WORDS.forget)}
          </button>
          <button type="button" onClick={onClose}>
            {say(WORDS.keep)}
          </button>
        </p>
      </div>
    </Dialog>
  );
}
