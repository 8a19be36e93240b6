import type { Text } from '@recuento/contract';
import { useId } from 'react';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import type { Point } from './curve.js';
import type { Threshold } from './threshold.js';

/** What the threshold of each kind decides, with `{n}` in its place. */
const THRESHOLD_WORDS: Readonly<Record<Threshold['kind'], Text>> = {
  probability: {
    en: 'Takes telephones whose chance is below {n}',
    es: 'Toma los teléfonos con una probabilidad menor que {n}',
  },
  dialed: {
    en: 'Takes telephones that were dialed {n} {n: time|times} or more',
    es: 'Toma los teléfonos que se marcaron {n} {n: vez|veces} o más',
  },
  silent: {
    en: 'Takes telephones that were silent for {n} {n: day|days}',
    es: 'Toma los teléfonos que llevan {n} {n: día|días} en silencio',
  },
  count: {
    en: 'Takes telephones with {n} such attempts or more',
    es: 'Toma los teléfonos con {n} de esos intentos o más',
  },
  streak: {
    en: 'Takes telephones whose last {n} {n: attempt|attempts} all ended so',
    es: 'Toma los teléfonos cuyos últimos {n} {n: intento|intentos} terminaron todos así',
  },
};

const WORDS = {
  threshold: { en: 'Threshold', es: 'Umbral' },
  said: {
    en: '{n}: {saved} dials spared, {lost} people lost',
    es: '{n}: {saved} marcaciones ahorradas, {lost} personas perdidas',
  },
  around: { en: 'Show values around this one', es: 'Mostrar valores cercanos a este' },
} as const;

interface ThresholdSliderProps {
  readonly kind: Threshold['kind'];
  readonly value: number;
  /** In ascending order of their thresholds. */
  readonly points: readonly Point[];
  readonly written: (threshold: number) => string;
  readonly onValue: (value: number) => void;
  readonly onAround: (() => void) | undefined;
}

/** Chooses a threshold among those of a curve; by keyboard, too. */
export function ThresholdSlider({ kind, value, points, written, onValue, onAround }: ThresholdSliderProps) {
  const say = useSay();
  const id = useId();
  const { count } = useOperationFormats();
  const at = points.findIndex(({ threshold }) => threshold === value);
  const chosen = points[at];
  if (!chosen) return null;
  const text = say(WORDS.said, {
    n: written(value),
    saved: count(chosen.dials_saved),
    lost: count(chosen.people_lost),
  });
  return (
    <div className="list-quality-threshold">
      <label htmlFor={id}>{say(WORDS.threshold)}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={points.length - 1}
        step={1}
        value={at}
        aria-valuetext={text}
        onChange={({ target }) => {
          const point = points[Number(target.value)];
          if (point) onValue(point.threshold);
        }}
      />
      <output htmlFor={id}>{say(THRESHOLD_WORDS[kind], { n: written(value) })}</output>
      {onAround && (
        <button type="button" className="plain" onClick={onAround}>
          {say(WORDS.around)}
        </button>
      )}
    </div>
  );
}
