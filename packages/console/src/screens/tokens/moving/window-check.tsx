import type { UsageDocument } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import type { Period } from '../../../period/period.js';
import { Check } from './check.js';
import type { Trial } from './trial.js';
import type { windowVerdict } from './verdict.js';

const WORDS = {
  title: { en: 'What it asks for at once fits', es: 'Lo que pide de una vez cabe' },
  asks: {
    en: 'The campaign and the period above: {from} to {to}, {days} {days: day|days}.',
    es: 'La campaña y el período de arriba: del {from} al {to}, {days} {days: día|días}.',
  },
  limits: {
    en: 'One call may ask for {days} {days: day|days} and get {rows} {rows: row|rows}.',
    es: 'Una llamada puede pedir {days} {days: día|días} y recibir {rows} {rows: fila|filas}.',
  },
  open: {
    en: 'Choose above what your program asks for at most; the trial call tells the rest.',
    es: 'Elija arriba lo más que pide su programa; la llamada de prueba dice el resto.',
  },
  too_many_days: {
    en: 'That is too long: let the program ask in parts, or have the administrator raise the limit.',
    es: 'Es demasiado largo: haga que el programa pida por partes, o que el administrador suba el límite.',
  },
  fits: { en: 'The trial got {rows} {rows: row|rows}.', es: 'La prueba recibió {rows} {rows: fila|filas}.' },
  too_many_rows: {
    en: 'There are more rows than one reply may have: let the program use cursor, or have the administrator raise the limit.',
    es: 'Hay más filas de las que caben en una respuesta: haga que el programa use cursor, o que el administrador suba el límite.',
  },
  refused: {
    en: 'The trial call was refused; its reply says why.',
    es: 'La llamada de prueba se rechazó; su respuesta dice por qué.',
  },
  many: { en: 'very many', es: 'muchísimas' },
} as const;

interface WindowCheckProps {
  readonly verdict: ReturnType<typeof windowVerdict>;
  readonly period: Period;
  readonly limits: UsageDocument['limits'] | undefined;
  readonly trial: Trial | undefined;
}

/** Whether the longest window that the program asks for fits the limits of a call. */
export function WindowCheck({ verdict, period, limits, trial }: WindowCheckProps) {
  const say = useSay();
  const { count, day } = useOperationFormats();
  const rows = trial?.window.rows;
  return (
    <Check
      title={say(WORDS.title)}
      standing={verdict.standing}
      found={
        <>
          {limits && say(WORDS.limits, { days: count(limits.max_window_days), rows: count(limits.max_rows) })}{' '}
          {say(WORDS[verdict.case], { rows: rows === undefined ? say(WORDS.many) : count(rows) })}
        </>
      }
    >
      <p>
        {say(WORDS.asks, {
          from: day(period.first_day),
          to: day(period.last_day),
          days: count(period.days),
        })}
      </p>
    </Check>
  );
}
