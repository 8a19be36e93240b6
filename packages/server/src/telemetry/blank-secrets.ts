const BLANK = '[redacted]';
/** Secrets that are made here, wherever they stand. */
const OURS = /\brc[ta](?:_|%5f)[\w%-]+/gi;
/** As short as an administrator's own token may be. */
const SECRET_MIN_CHARS = 32;

/** A text without the secrets that are made here. */
export function blankSecrets(text: string): string {
  return text.replace(OURS, BLANK);
}

/**
 * A path without what may be a secret that somebody put there by mistake: ours, and all long segments. Ids of imports and tokens
 * are among those: an administrator's token, or one of Twilio's, may be 32 hex digits like them.
 */
export function blankPath(path: string): string {
  return path
    .split('/')
    .map((segment) => (segment.length >= SECRET_MIN_CHARS ? BLANK : blankSecrets(segment)))
    .join('/');
}
