/** A slow, plain reading of wall time, made from `Intl` alone, to hold the product's against. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock in the zone shows at an instant, as if it were UTC: seconds since 1970. */
export function localSeconds(instant_s: number, time_zone: string): number {
  let format = formats.get(time_zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: time_zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(time_zone, format);
  }
  const parts = new Map(
    format.formatToParts(instant_s * 1_000).map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) /
    1_000
  );
}

const QUARTER_S = 900;

/** The first instant at which the clock shows `wall_s` or later: clocks change on quarter hours only. */
export function firstInstant(wall_s: number, time_zone: string): number {
  const from = Math.floor((wall_s - 15 * 3_600) / QUARTER_S) * QUARTER_S;
  for (let quarter = from; ; quarter += QUARTER_S) {
    const shown = localSeconds(quarter, time_zone);
    if (shown + QUARTER_S > wall_s) return Math.max(quarter, quarter + (wall_s - shown));
  }
}

/** `YYYYmmddHHiiss` of a wall time. */
export function digits(wall_s: number): string {
  return new Date(wall_s * 1_000).toISOString().replace(/\D/g, '').slice(0, 14);
}
