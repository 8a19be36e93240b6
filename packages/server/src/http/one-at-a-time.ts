import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Requests that may wait for another of their connection to be answered. Programs send none ahead, and proxies a few. A read of
 * 64 KiB can bring a thousand, and each costs as much as any other.
 */
export const AHEAD_MAX = 16;

/**
 * Who waits for the end of one reply: the framework, its compression, and each of whom something is given back to. Node warns of
 * more than ten, for each reply.
 */
const CLOSE_LISTENERS_MAX = 20;

/**
 * Handles the requests of a connection one after another. Node hands on whatever it reads at once (RFC 9112, section 9.3.2,
 * pipelining), so that one packet of a stranger would hold everybody for as long as all of its requests take. Who sends too
 * many ahead loses the connection.
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
