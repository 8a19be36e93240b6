import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The console as files that the service sends. Names have a hash, so that they may be kept for ever. */
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist/site',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
});
