/** Updates as the agent has them: the updater over the user's options, and what windows and commands are told of it. */
import { unreachable } from '../base/assert.ts';
import { newsIn } from '../update/news.ts';
import type { UpdateState } from '../update/state.ts';
import type { Updater } from '../update/updater.ts';
import type { OffReason } from '../update/updater-options.ts';
import type { Answer } from './api/routes.ts';

/** Outlook as a program, which has to be closed for what the connector has in it to be replaced. */
export type OutlookProgram = {
  running(): Promise<boolean>;
  /** Asks it to close, as a person does; @returns whether it did */
  quit(): Promise<boolean>;
  start(): Promise<void>;
};

export type Updates = {
  readonly updater: Updater;
  readonly installed: string;
  /** Why there are none by themselves; undefined: there are. */
  readonly off: () => OffReason | undefined;
  readonly where: () => { readonly channel: 'stable' | 'preview'; readonly url: string | undefined };
  /** Undefined where nothing of the connector lies in Outlook. */
  readonly outlook: OutlookProgram | undefined;
};

export type UpdateStatus = Answer<'updates'>;
type Language = 'en' | 'fr';

export async function updateStatus(
  { updater, installed, off, where, outlook }: Updates,
  language: Language = 'en',
): Promise<UpdateStatus> {
  const state = updater.read();
  const { channel, url } = where();
  return {
    installed,
    off: off() ?? null,
    channel,
    url: url ?? null,
    state: stateOf(state, updater.checking),
    offer: offerOf(state, language),
    done: updater.progress() ?? null,
    checked: checkedOf(state),
    next: state.next === null ? null : iso(state.next),
    outlook: (await outlook?.running()) ?? false,
    wish: wishOf(state),
    last: lastOf(state),
  };
}

function stateOf({ step }: UpdateState, checking: boolean): UpdateStatus['state'] {
  switch (step.at) {
    case 'idle':
      return checking ? 'checking' : 'idle';
    case 'downloading':
      return checking ? 'downloading' : 'idle';
    case 'staged':
      return 'staged';
    case 'keeping':
    case 'installing':
    case 'proving':
    case 'returning':
      return 'installing';
    default:
      return unreachable(step);
  }
}

function offerOf({ step }: UpdateState, language: Language): UpdateStatus['offer'] {
  if (step.at === 'idle') return null;
  const { version, released, file, news } = step.offer;
  return {
    version,
    released,
    size: file.size,
    news: { version, date: released.slice(0, 10), lines: [...news[language]] },
  };
}

function checkedOf({ checked }: UpdateState): UpdateStatus['checked'] {
  if (checked === null) return null;
  const { at, code, message } = checked;
  return { at: iso(at), failure: code === null ? null : { code, message: message ?? '', retry: 'later', after: null } };
}

function wishOf({ wish }: UpdateState): UpdateStatus['wish'] {
  return wish === null ? null : { when: wish.kind, at: wish.kind === 'now' ? null : iso(wish.at) };
}

function lastOf({ done }: UpdateState): UpdateStatus['last'] {
  if (done === null) return null;
  const { at, version, from } = done;
  return { at: iso(at), version, from, did: done.did === 'installed' ? 'installed' : done.why };
}

/** The versions up to the installed one, newest first. */
export function newsFor(language: Language = 'en'): Answer<'news'> {
  return newsIn(language).map(({ version, date, lines }) => ({ version, date, lines: [...lines] }));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
