import { Bar, BarChart } from 'recharts';
import { Plot, plotParts, plotRows } from './plot.js';
import type { ChartProps } from './series.js';

/** Bars of parts that make a whole, one for each point of the axis. */
export default function StackedBars(props: ChartProps) {
  const { points, series, height_px, onPoint } = props;
  return (
    <Plot {...(height_px !== undefined && { height_px })}>
      <BarChart data={plotRows(points)} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
        {plotParts(props)}
        {series.map(({ name, title, colour }) => (
          <Bar
            key={name}
            dataKey={name}
            name={title}
            stackId="whole"
            fill={colour}
            isAnimationActive={false}
            {...(onPoint && {
              cursor: 'pointer',
              onClick: (_bar: unknown, index: number) => {
                const point = points[index];
                if (point) onPoint(point);
              },
            })}
          />
        ))}
      </BarChart>
    </Plot>
  );
}
