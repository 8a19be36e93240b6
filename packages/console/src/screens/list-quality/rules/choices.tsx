import type { Text } from '@recuento/contract';
import { useSay } from '../../../language/language.js';

interface ChoicesProps<Name extends string> {
  /** What is chosen, for screen readers. */
  readonly label: string;
  readonly all: readonly Name[];
  readonly words: Readonly<Record<Name, Text>>;
  readonly chosen: readonly Name[];
  readonly onChosen: (chosen: readonly Name[]) => void;
}

/** Some of a few words. */
export function Choices<Name extends string>({ label, all, words, chosen, onChosen }: ChoicesProps<Name>) {
  const say = useSay();
  return (
    <fieldset className="list-quality-choices">
      <legend className="unseen">{label}</legend>
      {all.map((name) => (
        <label key={name} className="list-quality-choice">
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={({ target }) =>
              onChosen(all.filter((one) => (one === name ? target.checked : chosen.includes(one))))
            }
          />
          {say(words[name])}
        </label>
      ))}
    </fieldset>
  );
}
