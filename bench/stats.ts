/** What is said about a series of times. */
export interface Summary {
  readonly median_ms: number;
  readonly min_ms: number;
  readonly max_ms: number;
  /** Nearest rank: the time that 99 of a hundred do not exceed. */
  readonly p99_ms: number;
}

/** @param times_ms at least one */
export function median(values: readonly number[]): number {
  return summarize(values).median_ms;
}

/** @param times_ms at least one */
export function summarize(times_ms: readonly number[]): Summary {
  const sorted = [...times_ms].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median_ms: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    min_ms: at(0),
    max_ms: at(sorted.length - 1),
    p99_ms: at(Math.ceil(sorted.length * 0.99) - 1),
  };
}

/** `  label    median 105.2 ms    min 99.8    max 120.4` */
export function summaryLine(label: string, { median_ms, min_ms, max_ms }: Summary): string {
  const figure = (ms: number) => ms.toFixed(1).padStart(7);
  return `  ${label.padEnd(26)} median ${figure(median_ms)} ms   min ${figure(min_ms)}   max ${figure(max_ms)}`;
}
