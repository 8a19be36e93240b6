import { FIELD_LIMITS } from '@recuento/contract';
import { type FormEvent, useId } from 'react';
import { useSay } from '../../../language/language.js';
import { useWhere } from '../../../where/where.js';
import { ORDERS, type Order, useVerdictsAsked } from './use-verdicts-page.js';

const WORDS = {
  telephone: { en: 'Telephone', es: 'Teléfono' },
  as_dialed: { en: 'as it was dialed', es: 'como se marcó' },
  search: { en: 'Search', es: 'Buscar' },
  order: { en: 'Order', es: 'Orden' },
} as const;

const ORDER_WORDS = {
  telephone: { en: 'By telephone', es: 'Por teléfono' },
  '-probability': { en: 'Best chance first', es: 'Mayor probabilidad primero' },
  probability: { en: 'Least chance first', es: 'Menor probabilidad primero' },
  '-last_dialed_at': { en: 'Last dialed first', es: 'Marcados recientemente primero' },
  '-attempts': { en: 'Most attempts first', es: 'Más intentos primero' },
} as const satisfies Record<Order, unknown>;

/** Finds one telephone, and chooses the order of all of them. */
export function TelephoneSearch() {
  const say = useSay();
  const id = useId();
  const { change } = useWhere();
  const { telephone, sort } = useVerdictsAsked();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('telephone');
    const wanted = typeof typed === 'string' ? typed.trim() : '';
    change({ telephone: wanted === '' ? undefined : wanted, verdict: undefined, after: undefined });
  };
  return (
    <>
      <form className="picker" onSubmit={submit}>
        <label htmlFor={`${id}-telephone`}>{say(WORDS.telephone)}</label>
        <input
          key={telephone}
          id={`${id}-telephone`}
          name="telephone"
          type="search"
          maxLength={FIELD_LIMITS.telephone_chars}
          placeholder={say(WORDS.as_dialed)}
          defaultValue={telephone}
          spellCheck={false}
        />
        <button type="submit">{say(WORDS.search)}</button>
      </form>
      <div className="picker">
        <label htmlFor={`${id}-order`}>{say(WORDS.order)}</label>
        <select
          id={`${id}-order`}
          value={sort}
          onChange={({ target: { value } }) =>
            change({ order: value === 'telephone' ? undefined : value, after: undefined })
          }
        >
          {ORDERS.map((order) => (
            <option key={order} value={order}>
              {say(ORDER_WORDS[order])}
            </option>
          ))}
        </select>
      </div>
    </>
  );
}
