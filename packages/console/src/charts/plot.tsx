import type { ReactElement } from 'react';
import { CartesianGrid, Legend, ReferenceArea, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { ChartPoint, ChartProps } from './series.js';

const HEIGHT_PX = 280;
const AXIS = { stroke: 'var(--quiet)', tick: { fill: 'var(--quiet)', fontSize: 12 } } as const;
const TOOLTIP = {
  background: 'var(--page)',
  border: '1px solid var(--line)',
  borderRadius: 4,
  color: 'var(--text)',
} as const;

/** Everything of a chart that is not its bars or lines. Recharts looks for these among a chart's direct children. */
export function plotParts({ points, marks = [], format, x_title, y_title }: ChartProps): ReactElement[] {
  const labels = new Map(points.map(({ key, label }) => [key, label]));
  const labelOf = (key: unknown) => labels.get(String(key)) ?? '';
  return [
    <CartesianGrid key="grid" vertical={false} stroke="var(--line)" />,
    <XAxis
      key="x"
      dataKey="key"
      tickFormatter={labelOf}
      minTickGap={24}
      {...AXIS}
      {...(x_title && {
        label: { value: x_title, position: 'insideBottom', offset: -4, fill: 'var(--quiet)' },
        height: 44,
      })}
    />,
    <YAxis
      key="y"
      tickFormatter={format}
      width={64}
      {...AXIS}
      {...(y_title && {
        label: { value: y_title, angle: -90, position: 'insideLeft', fill: 'var(--quiet)' },
      })}
    />,
    <Tooltip
      key="tooltip"
      labelFormatter={labelOf}
      formatter={(value) => (typeof value === 'number' ? format(value) : String(value))}
      contentStyle={TOOLTIP}
      cursor={{ fill: 'var(--raised)', stroke: 'var(--line)' }}
      isAnimationActive={false}
    />,
    <Legend key="legend" formatter={(title) => <span className="legend">{title}</span>} />,
    ...marks.map(({ first, last, title }) => (
      <ReferenceArea
        key={`${first} ${last} ${title}`}
        x1={first}
        x2={last}
        fill="var(--mark)"
        fillOpacity={0.25}
        label={{ value: '▼', position: 'insideTop', fill: 'var(--mark)' }}
      />
    )),
  ];
}

/** The rows as Recharts reads them. */
export function plotRows(points: readonly ChartPoint[]) {
  return points.map(({ key, values }) => ({ key, ...values }));
}

/** As wide as its place. */
export function Plot({
  height_px = HEIGHT_PX,
  children,
}: {
  readonly height_px?: number;
  readonly children: ReactElement;
}) {
  return (
    <ResponsiveContainer width="100%" height={height_px}>
      {children}
    </ResponsiveContainer>
  );
}
