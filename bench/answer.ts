/** A bound that a figure is measured against; stated before the run, never read off it. */
export interface Goal {
  readonly bound: 'at least' | 'at most';
  readonly value: number;
}

/** `ratio`: a quotient of two figures of the same run. `''`: a plain count. */
export type Unit = 'ms' | 'ratio' | 'attempts/s' | 'requests/s' | 'MiB' | '';

/** One thing that was measured. */
export interface Figure {
  readonly figure: string;
  readonly value: number;
  readonly unit: Unit;
  readonly goal?: Goal;
}

/** What a question of the bench found out: printed, and recorded where `--record` says so. */
export interface Answer {
  /** What was compared with what, in a sentence. */
  readonly about: string;
  /** The sizes and the number of runs. */
  readonly setting: string;
  readonly figures: readonly Figure[];
  /** Lines of a table in Markdown that shows it all at once. */
  readonly table?: readonly string[];
}

/** A question of the bench: its flags, and where it says how it goes on. */
export type Question = (argv: readonly string[], say: (line: string) => void) => Promise<Answer>;

export function figure(name: string, value: number, unit: Unit, goal?: Goal): Figure {
  return { figure: name, value, unit, ...(goal && { goal }) };
}

export const atLeast = (value: number): Goal => ({ bound: 'at least', value });
export const atMost = (value: number): Goal => ({ bound: 'at most', value });

/** Decided on the value as measured, not as it is rounded for show. undefined: there is no goal. */
export function isReached({ value, goal }: Figure): boolean | undefined {
  if (!goal) return undefined;
  return goal.bound === 'at least' ? value >= goal.value : value <= goal.value;
}

/** `105.2 ms`, `1.24`, `50,123 attempts/s` */
export function shown({ value, unit }: Figure): string {
  if (unit === 'ratio') return value.toFixed(2);
  const number =
    unit === 'ms'
      ? value.toFixed(1)
      : value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });
  return unit === '' ? number : `${number} ${unit}`;
}

/** `at most 1.3`, or nothing. */
export function shownGoal({ goal, unit }: Figure): string {
  if (!goal) return '';
  const number = goal.value.toLocaleString('en');
  return `${goal.bound} ${number}${unit === 'ratio' || unit === '' ? '' : ` ${unit}`}`;
}

/** `yes`, `no`, or nothing where there is no goal. */
export function shownReached(one: Figure): string {
  const reached = isReached(one);
  if (reached === undefined) return '';
  return reached ? 'yes' : 'no';
}
