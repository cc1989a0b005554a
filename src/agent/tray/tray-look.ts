/** How things stand, as the icon beside the clock shows it. */
import type { TrayLook, TrayState } from '../../desktop/tray.ts';
import type { RunSummary, Status } from '../api/shapes.ts';
import { TRAY_WORDS, type TrayLanguage } from './tray-words.ts';

export function trayLook(status: Status, language: TrayLanguage): TrayLook {
  const words = TRAY_WORDS[language];
  const { state, says } = standing(status, language);
  return { state, tip: `${words.product}\n${says}`, menu: words.menu };
}

/** What is shown of several things is the first that the user can do something about. */
function standing(
  { state, last, attention }: Status,
  language: TrayLanguage,
): { readonly state: TrayState; readonly says: string } {
  const words = TRAY_WORDS[language];
  if (state === 'unconnected') return { state: 'away', says: words.unconnected };
  if (state === 'running') return { state: 'running', says: words.running };
  if (state === 'paused') return { state: 'attention', says: words.password };
  if (attention.held > 0) return { state: 'attention', says: words.held(attention.held) };
  const away = awayOf(last);
  if (away !== undefined) return { state: 'away', says: away === 'outlook' ? words.noOutlook : words.noServer };
  if (last?.failure != null) return { state: 'attention', says: words.failing };
  if (attention.items > 0) return { state: 'attention', says: words.items(attention.items) };
  if (last?.endedAt == null) return { state: 'inStep', says: words.never };
  return { state: 'inStep', says: words.inStep(timeOf(last.endedAt, language)) };
}

/** What comes back by itself, and is no reason to disturb anybody. */
const AWAY: Readonly<Record<string, 'outlook' | 'server'>> = {
  OUTLOOK_UNAVAILABLE: 'outlook',
  SERVER_UNKNOWN_HOST: 'server',
  SERVER_REFUSED_CONNECTION: 'server',
  SERVER_UNREACHABLE: 'server',
  SERVER_UNAVAILABLE: 'server',
  PROXY_UNREACHABLE: 'server',
};

/** What a run lacked: the user closed Outlook, or the computer is not online. */
export function awayOf(last: RunSummary | null): 'outlook' | 'server' | undefined {
  return last?.failure == null ? undefined : AWAY[last.failure.code];
}

function timeOf(iso: string, language: TrayLanguage): string {
  return new Date(iso).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
}
