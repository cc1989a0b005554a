import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The windows, as static files for the agent's local API; built by `tools/build-dialogs.ts`. */
export default defineConfig({
  root: import.meta.dirname,
  // A window lies below its session's own path, which nobody knows beforehand.
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../dist/dialogs',
    emptyOutDir: true,
    target: 'es2024',
    // Files of their own rather than data: addresses, which the content policy of the pages refuses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
});
