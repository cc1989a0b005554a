import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { dialogFrames, windowPages } from './window-pages.ts';

/** The windows, as static files for the agent's local API; built by `tools/build-dialogs.ts`. */
export default defineConfig({
  root: import.meta.dirname,
  // A window lies below its session's own path, which nobody knows beforehand.
  base: './',
  plugins: [react(), windowPages(dialogFrames())],
  build: {
    outDir: '../../dist/dialogs',
    emptyOutDir: true,
    target: 'es2024',
    // The first that know `light-dark()`, which page.css needs as it is.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Files of their own rather than data: addresses, which the content policy of the pages refuses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
});
