import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The trial's page, apart from the windows, which it would make heavier; built by `tools/build-dialogs.ts`. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../../dist/trial',
    emptyOutDir: true,
    target: 'es2024',
    // Beside the windows' own files, below the same session's path.
    assetsDir: 'trial-assets',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
});
