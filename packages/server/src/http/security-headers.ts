/**
 * Headers for browsers on every reply, refusals included. They say that nothing is a page; the pages of the documentation
 * set headers of their own. Who may read a reply from another site is left to `Access-Control-Allow-Origin`.
 */
export const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
} as const;
