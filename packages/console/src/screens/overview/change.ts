/** How a number stands to the one of before. */
export interface Change {
  readonly direction: 'more' | 'less' | 'same';
  /** Of a count: the part by which it changed, 0.05 for 5 %. Of a rate: the difference, 0.05 for five points. Never below zero. */
  readonly by: number;
}

/** Changes that are written as zero are none. */
const LEAST = 0.0005;

/** Undefined where there was nothing before: nothing can be said then. */
export function changeOfCount(now: number, before: number): Change | undefined {
  return before > 0 ? changeBy(now / before - 1) : undefined;
}

/** Undefined where either rate is of nothing. */
export function changeOfRate(now: number | null, before: number | null): Change | undefined {
  return now === null || before === null ? undefined : changeBy(now - before);
}

function changeBy(difference: number): Change {
  const by = Math.abs(difference);
  if (by < LEAST) return { direction: 'same', by: 0 };
  return { direction: difference > 0 ? 'more' : 'less', by };
}
