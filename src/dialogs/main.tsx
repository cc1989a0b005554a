/** The windows' one entry: the path says which one this is. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { must } from '../base/assert.ts';
import { App } from './app/app.tsx';
import { DIALOG_WINDOWS } from './windows.tsx';
import './page.css';

createRoot(must(document.getElementById('root'))).render(
  <StrictMode>
    <App windows={DIALOG_WINDOWS} />
  </StrictMode>,
);
