/** The entry of the trial's page. */
import '@fullcalendar/react/skeleton.css';
import '@fullcalendar/react/themes/classic/theme.css';
import '@fullcalendar/react/themes/classic/palette.css';
import { firstPaint } from '../app/first-paint.ts';
import '../page.css';
import './trial.css';

await firstPaint();
const [{ startWindows }, { TRIAL_WINDOWS, TRIAL_WORDS }] = await Promise.all([
  import('../app/app.tsx'),
  import('./windows.ts'),
]);
await startWindows(TRIAL_WINDOWS, TRIAL_WORDS);
