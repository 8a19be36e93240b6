import { CODE_HEADINGS, MACHINE_CODES, type MachineCode, type UnknownWord } from '@recuento/contract';
import { useState } from 'react';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Foreign } from '../../../parts/foreign.js';
import { PlainTable } from '../../../parts/plain-table.js';

const WORDS = {
  title: { en: 'Result words without a meaning', es: 'Palabras de resultado sin significado' },
  about: {
    en: 'Say how an attempt with each of them ended. The operation keeps it for its next imports, once this file is imported.',
    es: 'Indique cómo terminó un intento con cada una. La operación lo conserva para sus próximas importaciones, una vez importado este archivo.',
  },
  word: { en: 'Word', es: 'Palabra' },
  lines: { en: 'Lines', es: 'Líneas' },
  means: { en: 'It means', es: 'Significa' },
  means_of: { en: 'What {word} means', es: 'Qué significa {word}' },
  unsaid: { en: '— not said: such lines are rejected —', es: '— sin indicar: esas líneas se rechazan —' },
} as const;

interface UnknownWordsProps {
  readonly words: readonly UnknownWord[];
  readonly meanings: ReadonlyMap<string, MachineCode>;
  readonly onChange: (meanings: ReadonlyMap<string, MachineCode>) => void;
}

/** Words that no table knows, each with a choice of what it means; and those that got a meaning here. */
export function UnknownWords({ words, meanings, onChange }: UnknownWordsProps) {
  const say = useSay();
  const { count } = useOperationFormats();
  // In the order in which they were first seen: a word that got a meaning is no longer counted, and must not jump away.
  const [seen, see] = useState<readonly UnknownWord[]>(words);
  const added = words.filter(({ word }) => !seen.some((each) => each.word === word));
  if (added.length > 0) see([...seen, ...added]);
  const rows = seen.filter(({ word }) => meanings.has(word) || words.some((each) => each.word === word));
  if (rows.length === 0) return null;
  const give = (word: string, code: MachineCode | undefined) => {
    const others = [...meanings].filter(([other]) => other !== word);
    onChange(new Map(code === undefined ? others : [...others, [word, code]]));
  };
  return (
    <section className="imports-choice">
      <h3>{say(WORDS.title)}</h3>
      <p className="quiet">{say(WORDS.about)}</p>
      <PlainTable
        caption={say(WORDS.title)}
        rows={rows}
        keyOf={({ word }) => word}
        columns={[
          { key: 'word', title: say(WORDS.word), cell: ({ word }) => <Foreign text={word} /> },
          {
            key: 'lines',
            title: say(WORDS.lines),
            kind: 'number',
            cell: ({ lines }) => count(lines),
          },
          {
            key: 'means',
            title: say(WORDS.means),
            cell: ({ word }) => (
              <select
                aria-label={say(WORDS.means_of, { word })}
                value={meanings.get(word) ?? ''}
                onChange={({ target }) =>
                  give(
                    word,
                    MACHINE_CODES.find((code) => code === target.value),
                  )
                }
              >
                <option value="">{say(WORDS.unsaid)}</option>
                {MACHINE_CODES.map((code) => (
                  <option key={code} value={code}>
                    {say(CODE_HEADINGS[code])}
                  </option>
                ))}
              </select>
            ),
          },
        ]}
      />
    </section>
  );
}
