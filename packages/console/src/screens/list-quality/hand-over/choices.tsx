import { VERDICT_WORDS } from '@recuento/contract';
import { useId } from 'react';
import { useSay } from '../../../language/language.js';
import { CampaignPicker } from '../../../operation/campaign-picker.js';
import { useWhere } from '../../../where/where.js';
import { type Asked, HANDED_VERDICTS } from './asked.js';
import { DIALERS } from './dialers.js';

const WORDS = {
  dialer: { en: 'Which dialer takes the list?', es: '¿Qué marcador recibe la lista?' },
  what: { en: 'What', es: 'Qué' },
  aside: { en: 'What is put aside now', es: 'Lo que está apartado ahora' },
  verdict: { en: 'All with the verdict “{verdict}”', es: 'Todo lo que tiene el veredicto «{verdict}»' },
} as const;

/** The dialer, what it gets, and of which campaign. */
export function Choices({ dialer, verdict }: Asked) {
  const say = useSay();
  const name = useId();
  const what_id = useId();
  const { change } = useWhere();
  return (
    <>
      <fieldset className="hand-over-dialers">
        <legend className="unseen">{say(WORDS.dialer)}</legend>
        {DIALERS.map(({ format, title, about }) => (
          <label key={format}>
            <input
              type="radio"
              name={name}
              checked={format === dialer.format}
              onChange={() => change({ dialer: format }, { replace: true })}
            />
            <span>
              <strong>{say(title)}</strong>
              <small className="quiet">{say(about)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="pickers">
        <div className="picker">
          <label htmlFor={what_id}>{say(WORDS.what)}</label>
          <select
            id={what_id}
            value={verdict ?? ''}
            onChange={({ target }) => change({ verdict: target.value === '' ? undefined : target.value })}
          >
            <option value="">{say(WORDS.aside)}</option>
            {HANDED_VERDICTS.map((each) => (
              <option key={each} value={each}>
                {say(WORDS.verdict, { verdict: say(VERDICT_WORDS[each]) })}
              </option>
            ))}
          </select>
        </div>
        <CampaignPicker />
      </div>
    </>
  );
}
