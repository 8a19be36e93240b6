import { dotsOf, linePath } from './line-path.js';
import { Plot } from './plot.js';
import type { ChartProps } from './series.js';

/** Up to so many points each gets a dot. */
const FEW = 40;

/** A line for each series. Where a series has no number, its line has a gap. */
export function Lines(props: ChartProps & { readonly title: string }) {
  const { points, series } = props;
  const numbers = points.flatMap(({ values }) => series.map(({ name }) => values[name] ?? 0));
  return (
    <Plot {...props} numbers={numbers}>
      {(scale) =>
        series.map(({ name, colour, dashed = false }) => (
          <g key={name}>
            <path
              d={linePath(points, name, scale)}
              fill="none"
              stroke={colour}
              strokeWidth={2}
              strokeLinejoin="round"
              strokeDasharray={dashed ? '5 4' : undefined}
            />
            {dotsOf(points, name, dashed ? 0 : FEW).map((index) => (
              <circle
                key={index}
                cx={scale.x(index)}
                cy={scale.y(points[index]?.values[name] ?? 0)}
                r={2.5}
                fill={colour}
              />
            ))}
          </g>
        ))
      }
    </Plot>
  );
}
