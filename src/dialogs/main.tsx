/** The windows' one entry: the path says which one this is. */
import { firstPaint } from './app/first-paint.ts';
import './page.css';

await firstPaint();
const [{ startWindows }, { DIALOG_WINDOWS }] = await Promise.all([import('./app/app.tsx'), import('./windows.tsx')]);
await startWindows(DIALOG_WINDOWS);
