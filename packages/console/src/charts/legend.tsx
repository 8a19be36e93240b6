import type { ChartSeries } from './series.js';

/** What each colour means. */
export function Legend({ series }: { readonly series: readonly ChartSeries[] }) {
  return (
    <ul className="legend">
      {series.map((one) => (
        <li key={one.name}>
          <Swatch series={one} /> <bdi>{one.title}</bdi>
        </li>
      ))}
    </ul>
  );
}

/** The colour of a series, as a small square. */
export function Swatch({ series: { colour, dashed = false } }: { readonly series: ChartSeries }) {
  return (
    <svg className="swatch" width="12" height="12" aria-hidden="true">
      {dashed ? (
        <path d="M0 6h4.5M7.5 6H12" stroke={colour} strokeWidth="3" />
      ) : (
        <rect width="12" height="12" rx="2" fill={colour} />
      )}
    </svg>
  );
}
