#!/usr/bin/env node
// The launcher is committed because npm links a bin only if its target exists at install time.
require('./process.js');

import('../dist/main.js').then(
  ({ main }) => main(process.argv),
  (error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    console.error(`recuento is not built yet. Run: npm run build\n(${error.message})`);
    process.exitCode = 1;
  },
);
