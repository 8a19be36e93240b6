#!/usr/bin/env node
// The launcher is committed because npm links a bin only if its target exists at install time.
// It is CommonJS so that it runs before anything uses the thread pool: Node reads the pool's size once, at its first
// use. Each report that runs takes a thread of the pool, and with the default of four they would wait for each other.
process.env.UV_THREADPOOL_SIZE ??= '32';

import('../dist/main.js').then(
  ({ main }) => main(process.argv),
  (error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    console.error(`recuento is not built yet. Run: npm run build\n(${error.message})`);
    process.exitCode = 1;
  },
);
