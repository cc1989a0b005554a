import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { type Frame, windowPages } from '../window-pages.ts';
import { trialEn } from './words-en.ts';
import { trialFr } from './words-fr.ts';

const FRAME: Frame = {
  words: { en: trialEn, fr: trialFr },
  modules: ['app/app.tsx', 'trial/windows.ts', 'trial/trial.tsx'],
  look: 'trial-page',
};

/** The trial's page, apart from the windows, which it would make heavier; built by `tools/build-dialogs.ts`. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), windowPages({ trial: FRAME })],
  build: {
    outDir: '../../../dist/trial',
    emptyOutDir: true,
    target: 'es2024',
    // The first that know `light-dark()`, which page.css needs as it is.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Beside the windows' own files, below the same session's path.
    assetsDir: 'trial-assets',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
});
