import { useSay } from '../../../language/language.js';
import { useOperation, useOperationFormats } from '../../../operation/operation.js';
import { Check } from './check.js';
import type { clockVerdict } from './verdict.js';

const WORDS = {
  title: { en: 'The clock', es: 'El reloj' },
  now: {
    en: 'The operation’s clock ({zone}) shows {time}, and your dialer’s should show the same: date_ini and date_end are read by it.',
    es: 'El reloj de la operación ({zone}) marca las {time}, y el del marcador debería marcar lo mismo: con él se leen date_ini y date_end.',
  },
  open: {
    en: 'The time zone is that of this computer; the trial call compares the clocks.',
    es: 'La zona horaria es la de este computador; la llamada de prueba compara los relojes.',
  },
  right: {
    en: 'This computer shows the same, to the minute.',
    es: 'Este computador muestra lo mismo, al minuto.',
  },
  other_zone: {
    en: 'This computer shows another hour. If the dialer does too, the operation has the wrong time zone: have it changed in Administration before the first import.',
    es: 'Este computador muestra otra hora. Si el marcador también, la operación tiene la zona horaria equivocada: hágala cambiar en Administración antes de la primera importación.',
  },
  wrong_clock: {
    en: 'The clocks of this computer and of the service differ by more than a minute: set them by the network (NTP).',
    es: 'Los relojes de este computador y del servicio difieren en más de un minuto: ajústelos por la red (NTP).',
  },
} as const;

interface ClockCheckProps {
  readonly verdict: ReturnType<typeof clockVerdict>;
  readonly now_ms: number;
}

/** Whether the operation's clock is that of the people who dial. */
export function ClockCheck({ verdict, now_ms }: ClockCheckProps) {
  const say = useSay();
  const { time_zone } = useOperation();
  const { time } = useOperationFormats();
  const now = { zone: time_zone, time: time(new Date(now_ms).toISOString()) };
  return (
    <Check title={say(WORDS.title)} standing={verdict.standing} found={say(WORDS[verdict.case])}>
      <p>{say(WORDS.now, now)}</p>
    </Check>
  );
}
