const BLANK = '[redacted]';
/** Secrets that are made here, wherever they stand. */
const OURS = /\brc[ta](?:_|%5f)[\w%-]+/gi;
/** As short as an administrator's own token may be. */
const SECRET_MIN_CHARS = 32;
/** Ids that are made here: imports are hex, tokens have a UUID. They are no secrets. */
const OUR_ID = /^[0-9a-f-]{32,36}$/;

/** A text without the secrets that are made here. */
export function blankSecrets(text: string): string {
  return text.replace(OURS, BLANK);
}

/** A path without what may be a secret that somebody put there by mistake: ours, and long segments that are no id of ours. */
export function blankPath(path: string): string {
  return path
    .split('/')
    .map((segment) =>
      segment.length >= SECRET_MIN_CHARS && !OUR_ID.test(segment) ? BLANK : blankSecrets(segment),
    )
    .join('/');
}
