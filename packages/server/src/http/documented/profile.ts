import type { ReplyProfile } from '@recuento/contract';
import type { FastifyRequest } from 'fastify';

/** The reply profile of each request, known once its token was accepted; errors follow it too. */
const profiles = new WeakMap<FastifyRequest, ReplyProfile>();

export function setProfile(request: FastifyRequest, profile: ReplyProfile): void {
  profiles.set(request, profile);
}

export function profileOf(request: FastifyRequest): ReplyProfile | undefined {
  return profiles.get(request);
}
