import type { UsageDocument } from '@recuento/contract';
import { useSay } from '../../language/language.js';
import { useOperationFormats } from '../../operation/operation.js';
import { Loaded } from '../../parts/loaded.js';
import { Panel } from '../../parts/panel.js';
import { useUsage } from './usage.js';

const WORDS = {
  title: { en: 'Calls today', es: 'Consumos de hoy' },
  used: { en: '{used} of {limit} calls used', es: '{used} de {limit} consumos usados' },
  left: { en: '{left} left.', es: '{left: Queda|Quedan} {left}.' },
  none_left: {
    en: 'None are left: until then, calls are refused.',
    es: 'No queda ninguno: hasta entonces se rechazan las llamadas.',
  },
  nearly: { en: 'Nearly used up: {left} left.', es: 'Casi agotados: {left: queda|quedan} {left}.' },
  anew: {
    en: 'It starts anew at midnight by the operation’s clock ({zone}), in {wait}.',
    es: 'Vuelve a empezar a la medianoche, hora de la operación ({zone}), en {wait}.',
  },
  worth: {
    en: 'Licences: {licences}, each worth {calls} {calls: call|calls} a day.',
    es: 'Licencias: {licences}; cada una vale {calls} {calls: consumo|consumos} diarios.',
  },
  hours: { en: '{hours} h {minutes} min', es: '{hours} h {minutes} min' },
  minutes: { en: '{minutes} min', es: '{minutes} min' },
} as const;

/** From this share on it is said that the day may not be enough. */
const NEARLY = 0.8;

/** Today's calls of the documented API, against what the day allows. */
export function UsageToday() {
  const say = useSay();
  const usage = useUsage();
  return (
    <Panel title={say(WORDS.title)}>
      <Loaded query={usage} height_rem={6}>
        {(document) => <Usage usage={document} />}
      </Loaded>
    </Panel>
  );
}

function Usage({ usage }: { readonly usage: UsageDocument }) {
  const say = useSay();
  const { count } = useOperationFormats();
  const { calls_used, calls_limit, calls_left, limits, time_zone, reset_seconds } = usage;
  const share = Math.min(1, calls_used / calls_limit);
  const used = say(WORDS.used, { used: count(calls_used), limit: count(calls_limit) });
  const left = { left: count(calls_left) };
  return (
    <>
      <p className="tokens-used">
        <strong>{used}</strong>
        <span className={share >= NEARLY ? 'error' : 'quiet'}>
          {calls_left === 0 ? say(WORDS.none_left) : say(share >= NEARLY ? WORDS.nearly : WORDS.left, left)}
        </span>
      </p>
      <meter
        className={share >= NEARLY ? 'nearly' : ''}
        aria-label={say(WORDS.title)}
        aria-valuetext={used}
        max={calls_limit}
        value={calls_used}
      />
      <p className="quiet">
        {say(WORDS.anew, { zone: time_zone, wait: waitOf(reset_seconds, say) })}{' '}
        {say(WORDS.worth, {
          licences: count(calls_limit / limits.calls_per_licence),
          calls: count(limits.calls_per_licence),
        })}
      </p>
    </>
  );
}

function waitOf(seconds: number, say: ReturnType<typeof useSay>): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return say(WORDS.minutes, { minutes });
  return say(WORDS.hours, { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
