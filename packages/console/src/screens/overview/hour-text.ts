/** An hour of the day as clocks of the operation show its beginning: 07:00. Short enough for an axis in every language. */
export function hourText(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
