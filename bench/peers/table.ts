import type { Summary } from '../stats.js';
import type { Peer } from './peer.js';

/** A column of the table: what was asked, and what each peer took. */
export interface Column {
  readonly title: string;
  readonly times: ReadonlyMap<Peer, Summary>;
}

/**
 * Medians as a table in Markdown, a peer a row; in brackets how many times the first peer's.
 */
export function markdownTable(peers: readonly Peer[], columns: readonly Column[]): readonly string[] {
  const [first] = peers;
  const cell = (peer: Peer, { times }: Column): string => {
    const median_ms = times.get(peer)?.median_ms;
    const first_ms = first && times.get(first)?.median_ms;
    if (median_ms === undefined || first_ms === undefined) return '–';
    return peer === first
      ? `${milliseconds(median_ms)} ms`
      : `${milliseconds(median_ms)} ms (${ratio(median_ms / first_ms)} ×)`;
  };
  return [
    line(['store', ...columns.map(({ title }) => title)]),
    line(['---', ...columns.map(() => '---:')]),
    ...peers.map((peer) => line([peer.name, ...columns.map((column) => cell(peer, column))])),
  ];
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function milliseconds(ms: number): string {
  if (ms < 100) return ms.toFixed(1);
  return Math.round(ms).toLocaleString('en');
}

function ratio(times: number): string {
  return times < 10 ? times.toFixed(2) : times.toFixed(0);
}
