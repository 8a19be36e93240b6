// Loaded into the service before anything else (NODE_OPTIONS), so that its event loop is watched from inside. It answers
// over a socket of its own, and is no part of the product. It is code as it runs: the service is not run by tsx.
import { createServer } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** Whoever is started by the service, as a thread or a process, is not to answer in its place. */
const path = process.env.RECUENTO_HOSTILE_PROBE;
delete process.env.RECUENTO_HOSTILE_PROBE;

/** How often it looks: what is told beyond it is delay. */
const LOOK_EVERY_MS = 1;

if (isMainThread && path !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
  delay.enable();
  const beyond_ms = (ns) => Math.max(0, ns / 1e6 - LOOK_EVERY_MS);
  createServer((socket) => {
    socket.on('error', () => socket.destroy());
    // Each line is a question: what the delay was since the last one.
    socket.on('data', () => {
      const answer = { max_ms: beyond_ms(delay.max), p99_ms: beyond_ms(delay.percentile(99)) };
      delay.reset();
      socket.write(`${JSON.stringify(answer)}\n`);
    });
  })
    .listen(path)
    .unref();
}
