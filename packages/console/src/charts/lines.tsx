import { Line, LineChart } from 'recharts';
import { Plot, plotParts, plotRows } from './plot.js';
import type { ChartProps } from './series.js';

/** A line for each series. Where a series has no number, its line has a gap. */
export default function Lines(props: ChartProps) {
  const { points, series, height_px, onPoint } = props;
  const clicked = onPoint && {
    onClick: ({ activeIndex }: { readonly activeIndex?: unknown }) => {
      const point = points[Number(activeIndex)];
      if (point) onPoint(point);
    },
  };
  return (
    <Plot {...(height_px !== undefined && { height_px })}>
      <LineChart data={plotRows(points)} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} {...clicked}>
        {plotParts(props)}
        {series.map(({ name, title, colour }) => (
          <Line
            key={name}
            dataKey={name}
            name={title}
            stroke={colour}
            strokeWidth={2}
            dot={points.length < 40 ? { r: 2 } : false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </Plot>
  );
}
