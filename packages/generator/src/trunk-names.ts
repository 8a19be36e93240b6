/** The trunks and their share of the attempts. */
export const TRUNKS = [
  { name: 'bogota-1', share: 0.34 },
  { name: 'bogota-2', share: 0.24 },
  { name: 'medellin-1', share: 0.18 },
  { name: 'cali-1', share: 0.14 },
  { name: 'satelite-1', share: 0.1 },
] as const;
