import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Asker, askingFor } from '../accounts/asker.js';
import type { Admission } from '../admission/admission.js';
import { STRANGERS } from '../admission/connections.js';
import { Refused } from '../admission/refused.js';
import { CallerGone } from './errors.js';
import { hangUpSignal } from './hang-up.js';

/** By whom a request is counted. */
const askers = new WeakMap<FastifyRequest, Asker>();
/** Gives back its place among those under way. */
const leaving = new WeakMap<FastifyRequest, () => void>();

/** The key of whose request it is, as far as it is known by now. */
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

/** What a stream has on its way: the engine's block, and the connection's. */
export const STREAM_BYTES = 8 * 1024 ** 2;

/** Has every connection, request and reply of the server counted where it belongs. */
export function openDoor(app: FastifyInstance, admission: Admission): void {
  const { connections, replies, patience } = admission;
  app.server.on('connection', (socket) => {
    connections.arrived(socket);
    closeQueuedWith(socket);
  });
  app.server.on('request', (request, response) => {
    const { socket } = request;
    if (socket.destroyed) return; // the rest of a packet
    connections.heard(socket);
    queued.get(socket)?.add(response);
    response.once('close', () => {
      connections.answered(socket);
      queued.get(socket)?.delete(response);
      drain(request, patience.drain_ms);
    });
  });
  // And what it asks of the accounts, from its token on.
  app.addHook('onRequest', (request, _reply, done) => askingFor(askerOf(request), done));
  // What was not counted when it was made: lists, documents, pages, refusals.
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
 * To be called when it is known whose request it is: from then on its connection, and what it takes, is that key's. Resolves
 * when it is its turn.
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
  // It may have ended while the token was looked up: then no `close` comes any more.
  if (reply.raw.destroyed) throw new CallerGone();
  const inTurn = () => admission.desk.call(key, hangUpSignal(reply));
  try {
    await count(admission, request, reply, key);
    await inTurn();
  } catch (error) {
    reply.header('Connection', 'close');
    // In his turn, too: who is refused at once comes again at once, and to take and to refuse him costs as much as a call.
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
 * For what needs no token: pages, and posts whose signature is over their body. Of them there may be as many at once as
 * of one operation. (Who is about to show a token is not counted: strangers would shut him out.)
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

/** Replies of each connection that are not out. */
const queued = new WeakMap<Socket, Set<ServerResponse>>();

/** Whether a reply is on its way on a connection, or is to come to a request that was read whole. */
export function hasRepliesToCome(socket: Socket): boolean {
  const responses = queued.get(socket) ?? new Set<ServerResponse>();
  return [...responses].some(({ headersSent, req }) => headersSent || req.complete);
}

/**
 * Node closes the reply that is being sent when its connection ends, and forgets those that stand behind it. Whatever
 * they hold is given back by their `close`.
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
 * What is still being sent when its reply is out is read and thrown away, or its sender would not see the reply; but not
 * for ever.
 */
function drain(request: IncomingMessage, drain_ms: number): void {
  if (request.complete || request.socket.destroyed) return;
  const timer = setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, drain_ms).unref();
  request.once('end', () => clearTimeout(timer));
}
