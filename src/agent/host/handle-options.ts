import type { Answer, Input, Routes } from '../api/routes.ts';
import { lastLines } from '../log-file.ts';
import { type OptionName, optionOf, setOption } from '../options.ts';
import type { Desk } from './desk.ts';
import type { Handlers } from './local-api.ts';

type OptionRoutes = Pick<Routes, 'options' | 'options/save' | 'log'>;
type Options = Answer<'options'>;

/** The advanced options and the log. */
export function optionHandlers({ agent, log, touch, tell, logs }: Desk): Handlers<OptionRoutes> {
  const { settings } = agent.storage;
  const now = (): Options => ({
    language: optionOf(settings, 'language'),
    notices: optionOf(settings, 'notices') === 'on',
    advancedLogging: optionOf(settings, 'log.advanced') === 'on',
    updates: optionOf(settings, 'updates') === 'on',
    updateChannel: optionOf(settings, 'updates.channel'),
    shareStatus: optionOf(settings, 'status.share') === 'on',
    minutes: optionOf(settings, 'interval'),
    conflicts: optionOf(settings, 'conflict.rule'),
    guardCount: optionOf(settings, 'guard.count'),
    guardShare: optionOf(settings, 'guard.share'),
    historyDays: optionOf(settings, 'history.days'),
    historyMegabytes: optionOf(settings, 'history.size'),
    reportDays: optionOf(settings, 'reports.days'),
    managed: Object.entries(NAMES).flatMap(([name, option]) => (agent.policies.options.has(option) ? [name] : [])),
  });
  return {
    options: now,
    'options/save': (wanted) => {
      for (const [name, value] of given(wanted)) setOption(settings, name, value);
      log.event('options', { changed: Object.keys(wanted).join(' ') });
      touch();
      tell('options');
      tell('updates');
      return now();
    },
    log: ({ most = 500 }) => ({ lines: [...lastLines(logs, most)] }),
  };
}

const NAMES = {
  language: 'language',
  notices: 'notices',
  advancedLogging: 'log.advanced',
  updates: 'updates',
  updateChannel: 'updates.channel',
  shareStatus: 'status.share',
  minutes: 'interval',
  conflicts: 'conflict.rule',
  guardCount: 'guard.count',
  guardShare: 'guard.share',
  historyDays: 'history.days',
  historyMegabytes: 'history.size',
  reportDays: 'reports.days',
} as const satisfies Record<keyof Input<'options/save'>, OptionName>;

function given(wanted: Input<'options/save'>): readonly (readonly [OptionName, string])[] {
  return Object.entries(wanted).map(([name, value]) => [
    NAMES[name as keyof typeof NAMES],
    typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value),
  ]);
}
