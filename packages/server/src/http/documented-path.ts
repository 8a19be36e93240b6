/**
 * Whether somebody looks for the documented API there, whatever is served at it: its path below a base of somebody's own,
 * or any script. Programs of that API read a 404 as "no calls today", so a wrong base path must not be answered with one.
 *
 * Slashes count once, as they do for the router, and letters in either case.
 *
 * @param url of a request: its path, and a query string that does not count
 */
export function looksForDocumentedApi(url: string): boolean {
  const path = decoded(url.split(/[?#]/, 1)[0] ?? '').replace(/\/+/g, '/');
  return DOCUMENTED.test(path);
}

const DOCUMENTED = /\/api\/v2|\.php\/?$/i;

/** As it was sent where it cannot be decoded. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
