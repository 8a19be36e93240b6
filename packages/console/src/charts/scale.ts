/** Pixels around what is drawn. */
export interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Where things are in a drawing, in pixels from its upper left corner. */
export interface Scale {
  readonly width: number;
  readonly height: number;
  readonly margins: Margins;
  /** Width of the place that each point has. */
  readonly band: number;
  /** The middle of a point's place. */
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  /** Values that the axis writes, from the lowest on. */
  readonly ticks: readonly number[];
}

/** Lines across a drawing at most: more are not read. */
const TICKS_MAX = 5;

/** The mean width of a character of the axis' writing, a little generously. */
const CHAR_PX = 6.6;
/** Between two labels of the axis. */
const GAP_PX = 14;

/**
 * Round values that span the numbers, zero among them: a chart that begins elsewhere makes small differences look large.
 *
 * @param numbers those that are drawn
 */
export function ticksFor(numbers: readonly number[]): number[] {
  const [lowest, highest] = [Math.min(0, ...numbers), Math.max(0, ...numbers)];
  const are_whole = numbers.every((number) => Number.isInteger(number));
  const step = roundStep((highest - lowest || 1) / TICKS_MAX, are_whole);
  const [first, last] = [Math.floor(lowest / step), Math.ceil(highest / step)];
  // Products of whole numbers, so that 0.1 + 0.2 is not written.
  return Array.from({ length: Math.max(1, last - first) + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

function roundStep(least: number, are_whole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= least * 0.999) ?? least;
  return are_whole ? Math.max(1, step) : step;
}

/** @param count how many points there are */
export function scaleOf(
  width: number,
  height: number,
  margins: Margins,
  count: number,
  ticks: readonly number[],
): Scale {
  const inner_width = Math.max(1, width - margins.left - margins.right);
  const inner_height = Math.max(1, height - margins.top - margins.bottom);
  const [lowest, highest] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const band = inner_width / Math.max(1, count);
  return {
    width,
    height,
    margins,
    band,
    ticks,
    x: (index) => margins.left + band * (index + 0.5),
    y: (value) => margins.top + inner_height * (1 - (value - lowest) / (highest - lowest)),
  };
}

/** About how wide a text of the axis is. */
export function widthOf(text: string): number {
  return text.length * CHAR_PX;
}

/** Every how manieth label is written, so that none touches the next. */
export function labelStep(labels: readonly string[], band: number): number {
  const widest = Math.max(0, ...labels.map(widthOf));
  return Math.max(1, Math.ceil((widest + GAP_PX) / band));
}
