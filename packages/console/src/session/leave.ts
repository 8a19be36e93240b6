import type { Problem } from '../api/problem.js';

/**
 * Leaves the page for the way in, and with it all that it holds: what was shown, files and lists that are still to be sent, calls under way.
 * So nothing of one person's is sent with the next one's cookie.
 */
export function leave(): void {
  location.replace('/');
}

const REFUSALS: readonly string[] = ['token-missing', 'token-invalid'];

/**
 * Shows the way in, at the same address, if a call was refused because the session has ended. Whether it has, the service is asked: a call
 * may be refused for another reason.
 */
export async function leaveIfEnded({ id }: Problem): Promise<void> {
  if (!REFUSALS.includes(id)) return;
  const reply = await fetch('/v1/session', { credentials: 'same-origin' }).catch(() => undefined);
  if (reply?.status === 401 || reply?.status === 403) location.reload();
}
