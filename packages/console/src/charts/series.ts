/** One row of a chart: a place on the axis, and a number for each series that has one there. */
export interface ChartPoint {
  /** Unique, in the order of the axis. */
  readonly key: string;
  /** As the axis writes it. */
  readonly label: string;
  /** Where a click on it leads. */
  readonly href?: string;
  readonly values: Readonly<Record<string, number | null>>;
}

/** What is counted. */
export interface ChartSeries {
  readonly name: string;
  readonly title: string;
  /** A CSS colour: `var(--accent)`. */
  readonly colour: string;
  /** Its line is broken, so that two lines differ by more than their colour. */
  readonly dashed?: boolean;
}

/** A stretch of the axis that is marked: a trunk fault, an alarm. */
export interface ChartMark {
  /** Keys of its first and last point. */
  readonly first: string;
  readonly last: string;
  readonly title: string;
}

export interface ChartProps {
  readonly points: readonly ChartPoint[];
  readonly series: readonly ChartSeries[];
  readonly marks?: readonly ChartMark[];
  /** How values are written, on the axis and beside the pointer. */
  readonly format: (value: number) => string;
  /** What the axes are, where the title does not say it. */
  readonly x_title?: string;
  readonly y_title?: string;
  /** Called with a point that was clicked, instead of following its `href`. */
  readonly onPoint?: (point: ChartPoint) => void;
  readonly height_px?: number;
}

/** Titles of the marks that stand over a point. */
export function marksOver(
  points: readonly ChartPoint[],
  marks: readonly ChartMark[],
): ReadonlyMap<string, readonly string[]> {
  const places = new Map(points.map(({ key }, index) => [key, index]));
  const over = new Map<string, string[]>();
  for (const { first, last, title } of marks) {
    const [from, to] = [places.get(first), places.get(last)];
    if (from === undefined || to === undefined) continue;
    for (const { key } of points.slice(from, to + 1)) over.set(key, [...(over.get(key) ?? []), title]);
  }
  return over;
}
