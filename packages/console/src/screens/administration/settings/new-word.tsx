import { CODE_HEADINGS, MACHINE_CODES, type MachineCode, WORD_MAX_CHARS, wordName } from '@recuento/contract';
import { type FormEvent, useState } from 'react';
import { useSay } from '../../../language/language.js';
import { Failure } from '../../../parts/failure.js';
import { Field } from '../../../parts/field.js';
import { useChangeOperation } from './operation-document.js';

const WORDS = {
  word: { en: 'Word of the dialer', es: 'Palabra del marcador' },
  trunk: { en: 'Only on the trunk', es: 'Solo en la troncal' },
  any: { en: 'any', es: 'cualquiera' },
  means: { en: 'It means', es: 'Significa' },
  add: { en: 'Add the word', es: 'Agregar la palabra' },
  added: { en: 'The word is added.', es: 'La palabra quedó agregada.' },
} as const;

const EMPTY = { word: '', trunk: '' } as const;

/** Adds a word, or gives one another meaning. */
export function NewWord({ server }: { readonly server: string }) {
  const say = useSay();
  const [{ word, trunk }, setName] = useState<{ readonly word: string; readonly trunk: string }>(EMPTY);
  const [code, setCode] = useState<MachineCode>('answer_machine');
  const change = useChangeOperation(server);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = wordName({ word: word.trim(), trunk: trunk.trim() });
    change.mutate({ words: { [name]: code } }, { onSuccess: () => setName(EMPTY) });
  };
  return (
    <form className="administration-form" onSubmit={submit}>
      <div className="administration-fields">
        <Field label={say(WORDS.word)}>
          {(labelled) => (
            <input
              {...labelled}
              value={word}
              required
              pattern=".*\S.*"
              maxLength={WORD_MAX_CHARS}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => setName({ word: target.value, trunk })}
            />
          )}
        </Field>
        <Field label={say(WORDS.trunk)}>
          {(labelled) => (
            <input
              {...labelled}
              value={trunk}
              maxLength={WORD_MAX_CHARS}
              placeholder={say(WORDS.any)}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => setName({ word, trunk: target.value })}
            />
          )}
        </Field>
        <Field label={say(WORDS.means)}>
          {(labelled) => (
            <select
              {...labelled}
              value={code}
              onChange={({ target }) =>
                setCode(MACHINE_CODES.find((known) => known === target.value) ?? code)
              }
            >
              {MACHINE_CODES.map((known) => (
                <option key={known} value={known}>
                  {say(CODE_HEADINGS[known])}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {change.error && <Failure error={change.error} />}
      <p className="actions">
        <button type="submit" disabled={change.isPending}>
          {say(WORDS.add)}
        </button>
        <span role="status">{change.isSuccess && word === '' && say(WORDS.added)}</span>
      </p>
    </form>
  );
}
