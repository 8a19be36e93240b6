import type { FastifyReply } from 'fastify';

/** Fires when the caller's connection ends before the reply is out. */
export function hangUpSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  const { raw } = reply;
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort(new CallerGone());
  });
  return controller.signal;
}

/** Nobody waits for the reply any more. */
export class CallerGone extends Error {
  override readonly name = 'CallerGone';
}
