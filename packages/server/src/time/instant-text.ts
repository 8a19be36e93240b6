/** An instant in UTC as RFC 3339 has it, to the second. @param instant_s seconds since 1970 UTC */
export function instantText(instant_s: number): string {
  return new Date(instant_s * 1_000).toISOString().replace('.000Z', 'Z');
}
