import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Requests that may wait while another of their connection is answered. Programs send none ahead, and proxies a few. One
 * read of 64 KiB can bring a thousand requests, and each costs as much as any other.
 */
export const AHEAD_MAX = 16;

/**
 * Listeners for the `close` of one reply: the framework, its compression, and everything that releases something then.
 * Node warns for each reply that has more than ten.
 */
const CLOSE_LISTENERS_MAX = 20;

/**
 * Handles the requests of a connection one after another. Node hands on all requests that it read at once (RFC 9112,
 * section 9.3.2, pipelining), so one packet of a stranger could delay everybody for as long as all of its requests take.
 * A caller that sends too many ahead loses the connection.
 */
export function oneAtATime(handle: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, (() => void)[]>();
  return (request, response) => {
    const { socket } = request;
    const start = () => {
      response.setMaxListeners(CLOSE_LISTENERS_MAX);
      response.once('close', () => setImmediate(startNext));
      handle(request, response);
    };
    const startNext = () => {
      const next = socket.destroyed ? undefined : waiting.get(socket)?.shift();
      if (next) next();
      else waiting.delete(socket);
    };
    const line = waiting.get(socket);
    if (socket.destroyed) return;
    if (line === undefined) {
      waiting.set(socket, []);
      start();
    } else if (line.length < AHEAD_MAX) line.push(start);
    else socket.destroy();
  };
}
