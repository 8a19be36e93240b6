import { barPaths } from './bar-paths.js';
import { Plot } from './plot.js';
import type { Scale } from './scale.js';
import type { ChartProps } from './series.js';

/** Bars of parts that make a whole, one for each point of the axis. */
export function StackedBars(props: ChartProps & { readonly title: string }) {
  const { points, series } = props;
  const tops = points.map(({ values }) =>
    series.reduce((sum, { name }) => sum + Math.max(0, values[name] ?? 0), 0),
  );
  return (
    <Plot {...props} numbers={tops} totals={series.length > 1 ? tops : undefined}>
      {(scale: Scale) =>
        barPaths(points, series, scale).map((path, index) => (
          <path key={series[index]?.name} d={path} fill={series[index]?.colour} />
        ))
      }
    </Plot>
  );
}
