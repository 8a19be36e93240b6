import type { Problem } from '../api/problem.js';

/**
 * Leaves the page for the way in, and with it all that it holds: what was shown, files and lists that are still to be sent, calls under way.
 * So nothing of one person's is sent with the next one's cookie.
 */
export function leave(): void {
  location.replace('/');
}

const REFUSALS: readonly string[] = ['token-missing', 'token-invalid'];

/** When the page was last loaded again for this, in the tab's own storage. */
const LEFT_AT = 'recuento-left-at';
/** A page that is refused again so soon would be loaded for ever. */
const AGAIN_AFTER_MS = 10_000;

/**
 * Loads the page again where a call was refused because the session has ended, or is another one's by now: then it shows the way in, or whose
 * session it is. What the page held is gone, as it belongs to who was signed in before.
 */
export function leaveIfEnded({ id }: Problem): void {
  if (!REFUSALS.includes(id)) return;
  const left_at_ms = Number(sessionStorage.getItem(LEFT_AT));
  if (Date.now() - left_at_ms < AGAIN_AFTER_MS) return;
  sessionStorage.setItem(LEFT_AT, String(Date.now()));
  location.reload();
}
