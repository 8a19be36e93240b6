import { Agent } from 'node:http';
import { type Ask, exchange } from './exchange.js';

/**
 * A caller in a process of its own, so that its work is not on the service's event loop. Each message is a URL and a
 * token, the answer to it the reply.
 */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

process.on('message', (ask: Pick<Ask, 'url' | 'token'>) => {
  exchange(agent, ask).then(
    (reply) => process.send?.(reply),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
