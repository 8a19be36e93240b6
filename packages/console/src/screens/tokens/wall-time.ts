import type { Period } from '../../period/period.js';

/** A period as the documented API takes it: its first and last second, in the wall time of the operation. */
export function windowOf({ first_day, last_day }: Period): {
  readonly date_ini: string;
  readonly date_end: string;
} {
  const digits = (day: string) => day.replaceAll('-', '');
  return { date_ini: `${digits(first_day)}000000`, date_end: `${digits(last_day)}235959` };
}
