import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Knows the connections on which no request is under way, those included that never sent one: Node's own
 * `closeIdleConnections` leaves the latter open, and a browser's spare connection would hold up a stop.
 *
 * @returns closes all of them
 */
export function watchIdleConnections(server: Server): () => void {
  const idle = new Set<Socket>();
  server.on('connection', (socket) => {
    idle.add(socket);
    socket.once('close', () => idle.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    idle.delete(socket);
    response.once('close', () => {
      if (!socket.destroyed) idle.add(socket);
    });
  });
  return () => {
    for (const socket of idle) socket.destroy();
  };
}
