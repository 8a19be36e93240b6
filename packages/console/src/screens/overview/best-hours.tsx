import type { BestHoursDocument } from '@recuento/contract';
import { useSay } from '../../language/language.js';
import { useOperationFormats } from '../../operation/operation.js';
import { bestOf } from './best-of.js';
import { useHourText } from './hour-text.js';

const WORDS = {
  title: { en: 'Best hours to dial next', es: 'Mejores horas para marcar' },
  about: {
    en: 'How likely an attempt reaches a person then, by what was learned in three months; over all hours {mean}.',
    es: 'Qué tan probable es que un intento contacte a una persona, según lo aprendido en tres meses; en todas las horas, {mean}.',
  },
  hour: { en: '{weekday} {hour}', es: '{weekday} {hour}' },
} as const;

/** The hours in which the next attempts are most likely to reach people. */
export function BestHours({ hours }: { readonly hours: BestHoursDocument['hours'] }) {
  const say = useSay();
  const { share, weekday } = useOperationFormats();
  const hourText = useHourText();
  const { best, mean } = bestOf(hours);
  if (best.length === 0) return null;
  return (
    <div className="overview-best">
      <h3>{say(WORDS.title)}</h3>
      <ol>
        {best.map((hour) => (
          <li key={`${hour.weekday} ${hour.hour}`}>
            {say(WORDS.hour, { weekday: weekday(hour.weekday), hour: hourText(hour.hour) })}{' '}
            <strong>{share(hour.probability)}</strong>
          </li>
        ))}
      </ol>
      <p className="quiet overview-note">{say(WORDS.about, { mean: share(mean) })}</p>
    </div>
  );
}
