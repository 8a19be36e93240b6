import { checkWorld, type World, worldOf } from './world.js';

/** What to generate. The same options always give the same attempts. */
export interface GenerateOptions {
  /** Any 32-bit whole number. */
  readonly seed: number;
  /** Distinct attempts; deliveries are about 3 % more, because some come twice. */
  readonly attempts: number;
  /** The first second after the window, in seconds since 1970 UTC; a midnight of Bogota gives whole days. */
  readonly until_s: number;
  /** Length of the window: every attempt is from `until_s` − `days` × 86,400 up to, not including, `until_s`. */
  readonly days: number;
  /** How many campaigns share the telephones. */
  readonly campaigns: number;
  /** What makes its lists hard to judge; what is left out is as in the demo. */
  readonly world?: Partial<World>;
}

/** [least, most] of each option, with the reason. */
const BOUNDS: { readonly [K in Exclude<keyof GenerateOptions, 'world'>]: readonly [number, number] } = {
  seed: [-(2 ** 31), 2 ** 31 - 1],
  attempts: [1, 100_000_000], // telephones stay within the 100 million numbers of the range they are taken from
  until_s: [946_684_800 + 366 * 86_400, 4_133_980_800], // the whole window lies in the years 2000 to 2100
  days: [1, 366],
  campaigns: [1, 200],
};

/** @throws RangeError naming the option that is out of its bounds */
export function checkOptions(options: GenerateOptions): void {
  for (const name of ['seed', 'attempts', 'until_s', 'days', 'campaigns'] as const) {
    const [least, most] = BOUNDS[name];
    const value = options[name];
    if (Number.isInteger(value) && value >= least && value <= most) continue;
    throw new RangeError(`${name} is not a whole number from ${least} to ${most}`);
  }
  checkWorld(worldOf(options.world));
}
