/** A picture: the screen, and what is pressed on it before. */
export interface Shot {
  readonly name: string;
  readonly path: string;
}

/** What the README and the guide show. */
export const SHOTS: readonly Shot[] = [
  { name: 'overview', path: '/' },
  { name: 'machine-codes', path: '/machine-codes?sort=-total_machine_recognitions' },
  { name: 'list-quality', path: '/list-quality' },
  { name: 'rules', path: '/list-quality?tab=rules' },
  { name: 'quarantine', path: '/list-quality?tab=quarantine' },
  { name: 'hand-over', path: '/list-quality?tab=hand-over' },
  { name: 'imports', path: '/imports' },
  { name: 'tokens', path: '/tokens' },
  { name: 'administration', path: '/administration' },
];

/** In CSS pixels: a window on a laptop, and a telephone. */
export const DEVICES = {
  desktop: { width: 1280, height: 860 },
  phone: { width: 390, height: 844 },
} as const;
