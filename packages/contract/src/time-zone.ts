export const DEFAULT_TIME_ZONE = 'America/Bogota';

/** Whether it is the IANA name of a time zone. */
export function isTimeZone(name: string): boolean {
  // Names only: Intl accepts offsets ("+05:00") too, but an offset knows no clock changes.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
