/**
 * What every reply says to browsers, refusals too: nothing of it is a page, but the documentation, which says so itself.
 * Who may read it from elsewhere is left to `Access-Control-Allow-Origin`.
 */
export const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
} as const;
