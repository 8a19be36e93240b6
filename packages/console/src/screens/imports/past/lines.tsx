import type { ImportDocument } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { type Bar, Bars } from '../bars.js';
import { skipReason } from '../words.js';

const WORDS = {
  title: { en: 'What became of the lines', es: 'Qué pasó con las líneas' },
  stored: { en: 'Stored', es: 'Guardadas' },
  unchanged: { en: 'Known already', es: 'Ya conocidas' },
  joined: { en: 'Further legs of a call', es: 'Otras piernas de una llamada' },
  skipped: { en: 'Skipped', es: 'Omitidas' },
  rejected: { en: 'Rejected', es: 'Rechazadas' },
} as const;

/** The lines of a file by what became of them: they add up to all of them. */
export function Lines({ document }: { readonly document: ImportDocument }) {
  const say = useSay();
  const { stored, unchanged, joined, rejected, skipped_by_reason } = document;
  const bars: Bar[] = [
    { key: 'stored', name: say(WORDS.stored), count: stored, colour: 'var(--good)' },
    { key: 'unchanged', name: say(WORDS.unchanged), count: unchanged },
    { key: 'joined', name: say(WORDS.joined), count: joined },
    ...Object.entries(skipped_by_reason).map(
      ([reason, lines]): Bar => ({
        key: `skipped ${reason}`,
        name: say(skipReason(reason)),
        about: say(WORDS.skipped).toLowerCase(),
        count: lines,
        colour: 'var(--quiet)',
      }),
    ),
    { key: 'rejected', name: say(WORDS.rejected), count: rejected, colour: 'var(--bad)' },
  ];
  return (
    <Bars title={say(WORDS.title)} bars={bars.filter(({ key, count }) => count > 0 || key === 'stored')} />
  );
}
