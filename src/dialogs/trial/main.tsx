/** The entry of the trial's page. */
import '@fullcalendar/react/skeleton.css';
import '@fullcalendar/react/themes/classic/theme.css';
import '@fullcalendar/react/themes/classic/palette.css';
import { startWindows } from '../app/app.tsx';
import '../page.css';
import './trial.css';
import { TRIAL_WINDOWS, TRIAL_WORDS } from './windows.ts';

await startWindows(TRIAL_WINDOWS, TRIAL_WORDS);
