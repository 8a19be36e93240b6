import { useSay } from '../../language/language.js';
import { useOperationFormats } from '../../operation/operation.js';
import type { Change } from './change.js';

const WORDS = {
  count: {
    more: { en: '{by} more than {than}', es: '{by} más que {than}' },
    less: { en: '{by} fewer than {than}', es: '{by} menos que {than}' },
  },
  rate: {
    more: { en: '{by} points more than {than}', es: '{by} puntos más que {than}' },
    less: { en: '{by} points fewer than {than}', es: '{by} puntos menos que {than}' },
  },
  one_point: {
    more: { en: '{by} point more than {than}', es: '{by} punto más que {than}' },
    less: { en: '{by} point fewer than {than}', es: '{by} punto menos que {than}' },
  },
  same: { en: 'the same as {than}', es: 'igual que {than}' },
} as const;

const ARROWS = { more: '▲', less: '▼', same: '=' } as const;

interface ChangeTextProps {
  readonly of: 'count' | 'rate';
  /** Undefined: it is not known, and its line stays empty. */
  readonly change: Change | undefined;
  /** What it is compared with: "usual", "the day before". */
  readonly than: string;
}

/** How a number changed, in words; the arrow is for a quick look. */
export function ChangeText({ of, change, than }: ChangeTextProps) {
  const say = useSay();
  const formats = useOperationFormats();
  if (!change) return <span>{'\u00a0'}</span>;
  const points = Math.round(change.by * 1_000) / 10;
  const by = of === 'count' ? formats.share(change.by) : formats.decimal(points);
  const words = of === 'rate' && points === 1 ? WORDS.one_point : WORDS[of];
  return (
    <span className="quiet">
      <span aria-hidden="true">{ARROWS[change.direction]}</span>{' '}
      {say(change.direction === 'same' ? WORDS.same : words[change.direction], { by, than })}
    </span>
  );
}
