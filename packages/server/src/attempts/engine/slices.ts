import { MONTHS_AN_INSERT } from './settings.js';

/** A range of partitions, both ends included. */
export interface Partitions {
  /** SQL over the columns that yields a number. */
  readonly partition: string;
  readonly from: number;
  readonly to: number;
}

/** @param written the partitions as the engine wrote them: in their order, one a line */
export function slicesOf(partition: string, written: Buffer): Partitions[] {
  const all = written.toString().split('\n').filter(Boolean).map(Number);
  const slices: Partitions[] = [];
  for (let at = 0; at < all.length; at += MONTHS_AN_INSERT) {
    const slice = all.slice(at, at + MONTHS_AN_INSERT);
    slices.push({ partition, from: slice[0] ?? 0, to: slice.at(-1) ?? 0 });
  }
  return slices;
}

/** The condition that rows are in these partitions. */
export function within({ partition, from, to }: Partitions): string {
  return `${partition} BETWEEN ${from} AND ${to}`;
}
