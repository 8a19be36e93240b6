/** What `sumMap` of maps writes: the sum for each key, which is a number. */
export function sumsByKey(map: unknown): (readonly [key: number, sum: number])[] {
  if (typeof map !== 'object' || map === null) return [];
  return Object.entries(map).map(([key, sum]) => [Number(key), Number(sum)] as const);
}
