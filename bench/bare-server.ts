import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/**
 * A server that does nothing but send the bytes of a file, in a process of its own: `/1` is the first file that it was started
 * with. It says where it listens, and ends with who started it.
 */
const bodies = process.argv.slice(2).map((path) => readFileSync(path));
const server = createServer((request, reply) => {
  const body = bodies[Number(request.url?.slice(1)) - 1];
  if (body === undefined) {
    reply.writeHead(404).end();
    return;
  }
  reply.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length });
  reply.end(body);
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.once('disconnect', () => process.exit());
