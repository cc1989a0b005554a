/** The entry of the trial's page. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fullcalendar/react/skeleton.css';
import '@fullcalendar/react/themes/classic/theme.css';
import '@fullcalendar/react/themes/classic/palette.css';
import { must } from '../../base/assert.ts';
import { App } from '../app/app.tsx';
import '../page.css';
import './trial.css';
import { TRIAL_WINDOWS, TRIAL_WORDS } from './windows.ts';

createRoot(must(document.getElementById('root'))).render(
  <StrictMode>
    <App windows={TRIAL_WINDOWS} words={TRIAL_WORDS} />
  </StrictMode>,
);
