/** Whether `If-None-Match` holds the validator (RFC 9110, section 13.1.2: weak comparison). */
export function matchesEtag(if_none_match: string | undefined, etag: string): boolean {
  if (if_none_match === undefined) return false;
  if (if_none_match.trim() === '*') return true;
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return if_none_match.split(',').some((tag) => opaque(tag) === opaque(etag));
}
