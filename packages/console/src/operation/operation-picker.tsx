import { useId } from 'react';
import { useSay } from '../language/language.js';
import { plainTitle } from '../language/plain-title.js';
import { useWhere } from '../where/where.js';
import type { ShownOperation } from './operation.js';
import { useOperations } from './operations.js';

const WORDS = {
  operation: { en: 'Operation', es: 'Operación' },
  choose: { en: 'Choose…', es: 'Elegir…' },
} as const;

/** Parts of the address that mean the same in every operation. */
const ANYWHERE: readonly string[] = ['period', 'from', 'to', 'tab'];

/** The administrator's choice of the operation whose numbers are shown. */
export function OperationPicker({ operation }: { readonly operation: ShownOperation | undefined }) {
  const say = useSay();
  const id = useId();
  const { params, change } = useWhere();
  const operations = useOperations(true).data ?? [];
  // There is nothing to choose from: they are not there yet, or there are none.
  if (operations.length === 0) return null;
  // A campaign, a telephone or a place in a list is another one there.
  const choose = (server: string) => {
    const others = [...params.keys()].filter((name) => !ANYWHERE.includes(name));
    change({ ...Object.fromEntries(others.map((name) => [name, undefined])), operation: server });
  };
  return (
    <div className="picker">
      <label htmlFor={id}>{say(WORDS.operation)}</label>
      <select id={id} value={operation?.server ?? ''} onChange={({ target }) => choose(target.value)}>
        {!operation && <option value="">{say(WORDS.choose)}</option>}
        {operations.map(({ server, name }) => (
          <option key={server} value={server}>
            {`${server} · ${plainTitle(name)}`}
          </option>
        ))}
      </select>
    </div>
  );
}
