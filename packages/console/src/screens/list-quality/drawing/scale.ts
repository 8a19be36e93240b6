const STEPS = [1, 2, 5, 10] as const;

/** Round numbers from 0 on, of which the last is the first that is not below `most`: where an axis has its lines. */
export function ticksUpTo(most: number, wished = 4): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / wished;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const count = Math.ceil((most / step) * 0.999);
  return Array.from({ length: count + 1 }, (_, at) => Number((at * step).toPrecision(12)));
}
