import { ALARM_WORDS } from '@recuento/contract';
import { memo } from 'react';
import { useSay } from '../../language/language.js';
import { useOperation, useOperationFormats } from '../../operation/operation.js';
import type { Period } from '../../period/period.js';
import { wallDayOf } from './calendar.js';
import { usePlaceText } from './place-text.js';
import { goesOn, useTroubles } from './use-troubles.js';

const WORDS = {
  title: { en: 'Going on now', es: 'Está pasando ahora' },
  since: { en: '{kind}, {place}, since {start}', es: '{kind}, {place}, desde {start}' },
} as const;

/** More are in the list below. */
const MOST = 5;

/** What goes wrong at this moment, before everything else. Nothing is drawn where nothing does. */
export const GoingOn = memo(function GoingOn(props: { readonly period: Period; readonly campaign: string }) {
  const say = useSay();
  const { shortDay, time } = useOperationFormats();
  const { time_zone } = useOperation();
  const placeText = usePlaceText();
  const { troubles = [] } = useTroubles(props.period, props.campaign);
  const shown = troubles.filter(({ end }) => end === null).slice(0, MOST);
  if (shown.length === 0 || !goesOn(props.period)) return null;
  return (
    <section className="overview-now" aria-label={say(WORDS.title)}>
      <strong>{say(WORDS.title)}</strong>
      <ul>
        {shown.map((trouble) => (
          <li key={trouble.key}>
            <bdi className="foreign">
              {say(WORDS.since, {
                kind: say(ALARM_WORDS[trouble.kind]),
                place: placeText(trouble),
                start: `${shortDay(wallDayOf(trouble.start, time_zone))}, ${time(trouble.start)}`,
              })}
            </bdi>
          </li>
        ))}
      </ul>
    </section>
  );
});
