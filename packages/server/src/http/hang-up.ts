import type { FastifyReply } from 'fastify';
import { CallerGone } from './errors.js';

const signals = new WeakMap<FastifyReply, AbortSignal>();

/** Fires when the caller's connection ends before the reply is sent. */
export function hangUpSignal(reply: FastifyReply): AbortSignal {
  const known = signals.get(reply);
  if (known) return known;
  const controller = new AbortController();
  const { raw } = reply;
  if (raw.destroyed) controller.abort(new CallerGone());
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort(new CallerGone());
  });
  signals.set(reply, controller.signal);
  return controller.signal;
}
