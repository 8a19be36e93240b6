import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Asker, askingFor } from '../accounts/asker.js';
import type { Admission } from '../admission/admission.js';
import { STRANGERS } from '../admission/connections.js';
import { Refused } from '../admission/refused.js';
import { CallerGone } from './errors.js';
import { hangUpSignal } from './hang-up.js';

/** Against whom each request is counted. */
const askers = new WeakMap<FastifyRequest, Asker>();
/** By request: releases its place among the requests under way. */
const leaving = new WeakMap<FastifyRequest, () => void>();

/** The key against which a request is counted: the operation's, or the strangers' while nothing better is known. */
export function keyOf(request: FastifyRequest): string {
  return askerOf(request).key;
}

function askerOf(request: FastifyRequest): Asker {
  const asker = askers.get(request) ?? { key: STRANGERS };
  askers.set(request, asker);
  return asker;
}

export function keyOfOperation(operation: { readonly id: number }): string {
  return `operation ${operation.id}`;
}

/** What a stream holds while it is being sent: the engine's block, and the connection's buffer. */
export const STREAM_BYTES = 8 * 1024 ** 2;

/** Counts every connection, request and reply of the server against its key. */
export function openDoor(app: FastifyInstance, admission: Admission): void {
  const { connections, replies, patience } = admission;
  app.server.on('connection', (socket) => {
    connections.arrived(socket);
    closeQueuedWith(socket);
  });
  app.server.on('request', (request, response) => {
    const { socket } = request;
    if (socket.destroyed) return; // a later request of the same packet
    connections.heard(socket);
    queued.get(socket)?.add(response);
    response.once('close', () => {
      connections.answered(socket);
      queued.get(socket)?.delete(response);
      drain(request, patience.drain_ms);
    });
  });
  // What the request asks of the accounts is counted too, from its token on.
  app.addHook('onRequest', (request, _reply, done) => askingFor(askerOf(request), done));
  // Replies that were not counted when they were made: lists, documents, pages, refusals.
  app.addHook('onSend', async (request, reply, payload) => {
    if (replies.isHeld(reply.raw)) return;
    if (typeof payload === 'string' || Buffer.isBuffer(payload)) {
      replies.hold(keyOf(request), reply.raw, Buffer.byteLength(payload));
    } else if (payload !== null && payload !== undefined) {
      replies.hold(keyOf(request), reply.raw, Number(reply.getHeader('Content-Length') ?? STREAM_BYTES));
    }
  });
}

/**
 * To be called when it is known whose request this is: from then on its connection, and what it holds, count against that
 * key. Resolves when it is the request's turn.
 *
 * @throws Refused when the key has too much under way: the connection ends with the reply
 * @throws CallerGone
 */
export async function knownAs(
  admission: Admission,
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
): Promise<void> {
  // The connection may have ended while the token was looked up: then no `close` event comes any more.
  if (reply.raw.destroyed) throw new CallerGone();
  const inTurn = () => admission.desk.call(key, hangUpSignal(reply));
  try {
    await count(admission, request, reply, key);
    await inTurn();
  } catch (error) {
    reply.header('Connection', 'close');
    // A refusal waits for its turn too: a caller that is refused at once comes back at once, and each refusal costs as
    // much as a call.
    if (error instanceof Refused) await inTurn();
    throw error;
  }
}

/** @throws Refused */
async function count(
  admission: Admission,
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
): Promise<void> {
  const { socket } = request.raw;
  if (socket instanceof Socket && key !== STRANGERS) admission.connections.belongsTo(socket, key);
  const leaveBefore = leaving.get(request);
  if (leaveBefore) leaveBefore();
  else reply.raw.once('close', () => leaving.get(request)?.());
  const place = admission.requests.open(key);
  leaving.set(request, () => place.release());
  askerOf(request).key = key;
  await place.grow(1, { wait_ms: 0 });
}

/**
 * For requests that need no token: pages, and posts whose signature covers their body. There may be as many of them at
 * once as requests of one operation. (A caller that is about to show a token is not counted here: strangers would shut it
 * out.)
 *
 * @throws Refused
 */
export async function letStrangerIn(
  admission: Admission,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  admission.replies.admit(STRANGERS);
  await knownAs(admission, request, reply, STRANGERS);
}

/** By connection: replies that are not sent completely. */
const queued = new WeakMap<Socket, Set<ServerResponse>>();

/** Whether a connection has a reply that is being sent, or one that is still to come for a request that was read completely. */
export function hasRepliesToCome(socket: Socket): boolean {
  const responses = queued.get(socket) ?? new Set<ServerResponse>();
  return [...responses].some(({ headersSent, req }) => headersSent || req.complete);
}

/**
 * When a connection ends, Node closes the reply that is being sent, but forgets the replies that are queued after it.
 * This emits their `close`, which releases what they hold.
 */
function closeQueuedWith(socket: Socket): void {
  const responses = new Set<ServerResponse>();
  queued.set(socket, responses);
  socket.once('close', () => {
    for (const response of responses) {
      if (response.socket) continue;
      response.destroyed = true;
      response.emit('close');
    }
  });
}

/**
 * Reads and throws away what the sender still sends after the reply is out, because it would not see the reply otherwise;
 * but only for `drain_ms`.
 */
function drain(request: IncomingMessage, drain_ms: number): void {
  if (request.complete || request.socket.destroyed) return;
  const timer = setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, drain_ms).unref();
  request.once('end', () => clearTimeout(timer));
}
