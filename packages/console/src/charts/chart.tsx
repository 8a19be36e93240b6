import { type ReactNode, useMemo } from 'react';
import { Link, useLocation } from 'wouter';
import { useSay } from '../language/language.js';
import { PlainTable } from '../parts/plain-table.js';
import { ChartFrame } from './chart-frame.js';
import './charts.css';
import { Lines } from './lines.js';
import { type ChartPoint, type ChartProps, marksOver } from './series.js';
import { StackedBars } from './stacked-bars.js';
import { valueText } from './tip.js';

export { ChartFrame } from './chart-frame.js';

const KINDS = { bars: StackedBars, lines: Lines } as const;

const WORDS = { marks: { en: 'Marked', es: 'Marcado' } } as const;

interface ChartFigureProps extends ChartProps {
  readonly kind: keyof typeof KINDS;
  readonly title: string;
  /** Title of the table's first column: what the axis is. */
  readonly axis: string;
}

/** A chart of series over an axis. A click on a point, or Enter, leads to its `href`. */
export function Chart({ kind, axis, ...props }: ChartFigureProps) {
  const [, navigate] = useLocation();
  const Kind = KINDS[kind];
  const leads = props.points.some(({ href }) => href !== undefined);
  const onPoint = props.onPoint ?? (leads ? ({ href }: ChartPoint) => href && navigate(href) : undefined);
  return (
    <ChartFrame title={props.title} table={<ChartTable {...props} axis={axis} />}>
      <Kind {...props} {...(onPoint && { onPoint })} />
    </ChartFrame>
  );
}

/** The numbers of a chart. Its first column leads where the points do. */
function ChartTable({
  title,
  axis,
  points,
  series,
  marks = [],
  format,
  onPoint,
}: Omit<ChartFigureProps, 'kind'>) {
  const say = useSay();
  const over = useMemo(() => marksOver(points, marks), [points, marks]);
  const columns = [
    { key: 'axis', title: axis, cell: (point: ChartPoint) => pointCell(point, onPoint) },
    ...series.map(({ name, title: heading }) => ({
      key: name,
      title: heading,
      kind: 'number' as const,
      cell: ({ values }: ChartPoint) => valueText(values[name], format),
    })),
    ...(marks.length > 0
      ? [
          {
            key: 'marks',
            title: say(WORDS.marks),
            kind: 'text' as const,
            cell: ({ key }: ChartPoint) => <bdi>{over.get(key)?.join(', ')}</bdi>,
          },
        ]
      : []),
  ];
  return <PlainTable caption={title} columns={columns} rows={points} keyOf={({ key }) => key} />;
}

function pointCell(point: ChartPoint, onPoint: ChartProps['onPoint']): ReactNode {
  const label = <bdi>{point.label}</bdi>;
  if (onPoint) {
    return (
      <button type="button" className="plain" onClick={() => onPoint(point)}>
        {label}
      </button>
    );
  }
  return point.href === undefined ? label : <Link href={point.href}>{label}</Link>;
}
