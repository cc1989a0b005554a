/**
 * What the user is told without having asked: only what waits for them, and each thing once, also when the agent was started anew in
 * between. What is over is forgotten, and told again when it comes again.
 */
import type { TrayNotice } from '../../desktop/tray.ts';
import type { Dialog } from '../api/routes.ts';
import type { Status } from '../api/shapes.ts';
import { awayOf } from './tray-look.ts';
import { TRAY_WORDS, type TrayLanguage } from './tray-words.ts';

/** An update that needs the user: to say when Outlook may be restarted, or to run the installer by hand. */
export type WaitingUpdate = { readonly version: string; readonly byHand: boolean };

/** The more important first. */
export type NoticeKind = 'password' | 'held' | 'update' | 'failing';

/** Something that waits. */
export type Waiting = {
  readonly kind: NoticeKind;
  /** Another one is another thing of its kind; a larger count is more of it. */
  readonly mark: string | number;
};

/** What was told and still waits, as it is kept. */
export type Told = Readonly<Partial<Record<NoticeKind, string | number>>>;

/** Failed runs in a row after which it is told; the pause between them grows, so that these are some minutes. */
const FAILED = 5;
/** The same where something must change before it can work. */
const FAILED_FOR_GOOD = 2;

/** What waits, of an agent that is not just running. */
export function waitingIn(
  { state, paused, last, attention }: Status,
  update: WaitingUpdate | undefined,
): readonly Waiting[] {
  const waiting: Waiting[] = [];
  if (paused !== null) waiting.push({ kind: 'password', mark: paused.since });
  if (attention.held > 0) waiting.push({ kind: 'held', mark: attention.held });
  if (update !== undefined) waiting.push({ kind: 'update', mark: update.version });
  const failure = last?.failure ?? null;
  if (state === 'idle' && last !== null && failure !== null && awayOf(last) === undefined)
    if (last.times >= (failure.retry === 'never' ? FAILED_FOR_GOOD : FAILED))
      waiting.push({ kind: 'failing', mark: failure.code });
  return waiting;
}

/** The one thing to tell now, if any, and what is remembered then. @param quiet nothing may be told just now */
export function dueNotice(
  waiting: readonly Waiting[],
  told: Told,
  quiet: boolean,
): { readonly due: Waiting | undefined; readonly told: Told } {
  const due = quiet ? undefined : waiting.find((one) => isNew(one, told));
  const kept = waiting.flatMap(({ kind, mark }): [NoticeKind, string | number][] => {
    if (kind === due?.kind) return [[kind, mark]];
    const before = told[kind];
    if (before === undefined) return [];
    // Of what has become less, more will be news.
    return [[kind, typeof before === 'number' && typeof mark === 'number' ? Math.min(before, mark) : before]];
  });
  return { due, told: Object.fromEntries(kept) };
}

function isNew({ kind, mark }: Waiting, told: Told): boolean {
  const before = told[kind];
  return typeof before === 'number' && typeof mark === 'number' ? mark > before : mark !== before;
}

/** The notice, and the window that a click on it opens. */
export function noticeOf(
  { kind, mark }: Waiting,
  update: WaitingUpdate | undefined,
  language: TrayLanguage,
): { readonly notice: TrayNotice; readonly opens: Dialog } {
  const words = TRAY_WORDS[language];
  const { notices } = words;
  switch (kind) {
    case 'password':
      return { notice: { title: notices.password, text: words.password }, opens: 'connect' };
    case 'held':
      return { notice: { title: notices.held, text: words.held(Number(mark)) }, opens: 'held' };
    case 'update': {
      const text = update?.byHand === true ? notices.updateByHand : notices.updateWhy(String(mark));
      return { notice: { title: notices.update, text }, opens: 'updates' };
    }
    case 'failing':
      return { notice: { title: notices.failing, text: notices.failingWhy }, opens: 'status' };
  }
}
