const BLANK = '[redacted]';
/** Secrets that the service makes, anywhere in a text. */
const OURS = /\b(?:rc[ta](?:_|%5f)[\w%-]+|whsec_[\w%+/=-]+)/gi;
/** The least length of an administrator's configured token. */
const SECRET_MIN_CHARS = 32;

/** A text without the secrets that the service makes. */
export function blankSecrets(text: string): string {
  return text.replace(OURS, BLANK);
}

/**
 * A path without what may be a secret that somebody put there by mistake: the service's own secrets, and all long segments. Those
 * include ids of imports and tokens, because an administrator's token, or one of Twilio's, may be 32 hex digits like them.
 */
export function blankPath(path: string): string {
  return path
    .split('/')
    .map((segment) => (segment.length >= SECRET_MIN_CHARS ? BLANK : blankSecrets(segment)))
    .join('/');
}
