import { CODE_HEADINGS, MACHINE_CODES, type MachineCode, type UnknownWord } from '@recuento/contract';
import { useId, useState } from 'react';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Foreign } from '../../../parts/foreign.js';

const WORDS = {
  title: { en: 'Result words without a meaning', es: 'Palabras de resultado sin significado' },
  about: {
    en: 'Say how an attempt with each of them ended; otherwise their lines are rejected. The operation keeps it for its next imports, once this file is imported.',
    es: 'Indique cómo terminó un intento con cada una; si no, sus líneas se rechazan. La operación lo conserva para sus próximas importaciones, una vez importado este archivo.',
  },
  lines: { en: 'lines: {lines}', es: 'líneas: {lines}' },
  unsaid: { en: '— not said —', es: '— sin indicar —' },
} as const;

interface UnknownWordsProps {
  readonly words: readonly UnknownWord[];
  readonly meanings: ReadonlyMap<string, MachineCode>;
  readonly onChange: (meanings: ReadonlyMap<string, MachineCode>) => void;
}

/** Words that no table knows, each with a choice of what it means; and those that got a meaning here. */
export function UnknownWords({ words, meanings, onChange }: UnknownWordsProps) {
  const say = useSay();
  const id = useId();
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
    <section className="imports-choice" aria-labelledby={id}>
      <h3 id={id}>{say(WORDS.title)}</h3>
      <p className="quiet">{say(WORDS.about)}</p>
      <ul className="imports-pairs">
        {rows.map(({ word, lines }) => (
          <li key={word}>
            <label htmlFor={`${id} ${word}`}>
              <Foreign text={word} />
              <small className="quiet">{say(WORDS.lines, { lines: count(lines) })}</small>
            </label>
            <select
              id={`${id} ${word}`}
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
          </li>
        ))}
      </ul>
    </section>
  );
}
