#!/usr/bin/env node
// The launcher is committed because npm links a bin only if its target exists at install time.
require('./process.js');

import('../dist/main.js').then(
  ({ main }) => main(process.argv),
  (error) => {
    if (error.code === 'ERR_MODULE_NOT_FOUND') {
      console.error(`recuento is not built yet. Run: npm run build\n(${error.message})`);
    } else if (isOfNativePackage(error)) {
      const [why] = error.message.split('\n');
      console.error(
        `A native package does not load on this machine (${process.platform} ${process.arch}: ${why}): install again with optional packages, or use a container of Debian or Ubuntu on x64 or ARM64 (on Windows: WSL 2).`,
      );
    } else {
      throw error;
    }
    // At once: Node 20 would throw once more what CommonJS threw below an import, and print its stack.
    process.exit(1);
  },
);

/** Node's codes for it, and what a loader says that gives no code. */
function isOfNativePackage({ code, message }) {
  if (code === 'MODULE_NOT_FOUND' || code === 'ERR_DLOPEN_FAILED') return true;
  return /native binding/i.test(message);
}
