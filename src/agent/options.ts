/**
 * The user's choices about how the connector works, kept in its memory. Each has a default; one that was never set follows the
 * default of the version that is installed.
 */
import { unreachable } from '../base/assert.ts';
import { Failure } from '../base/failure.ts';
import type { Keeping } from '../storage/open.ts';
import type { Settings } from '../storage/records.ts';

type Choice = { readonly kind: 'choice'; readonly of: readonly string[]; readonly fallback: string };
type Amount = {
  readonly kind: 'number';
  /** What is counted, in words. */
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly fallback: number;
};
/** An address that ends with a slash, '' for none. */
type Address = { readonly kind: 'address'; readonly fallback: '' };
type Option = (Choice | Amount | Address) & { readonly about: string };

const OPTIONS = {
  'conflict.rule': {
    kind: 'choice',
    of: ['server', 'outlook', 'ask'],
    fallback: 'server',
    about: 'whose value stays where both sides changed one field; ask: neither is touched until you decide',
  },
  'conflict.deletions': {
    kind: 'choice',
    of: ['lose', 'win'],
    fallback: 'lose',
    about: 'whether a deletion loses or wins against a change made on the other side; what loses is in the history',
  },
  'guard.count': {
    kind: 'number',
    unit: 'items',
    least: 0,
    most: 1_000_000,
    fallback: 10,
    about: 'up to so many deletions in a folder are carried out without asking',
  },
  'guard.share': {
    kind: 'number',
    unit: '% of the folder',
    least: 0,
    most: 100,
    fallback: 20,
    about: 'more deletions than guard.count are carried out without asking only up to this share',
  },
  'history.days': {
    kind: 'number',
    unit: 'days',
    least: 1,
    most: 3650,
    fallback: 30,
    about: 'how long overwritten and deleted versions are kept',
  },
  'history.size': {
    kind: 'number',
    unit: 'MB',
    least: 1,
    most: 100_000,
    fallback: 200,
    about: 'how much they may take up; the oldest go first',
  },
  'reports.days': {
    kind: 'number',
    unit: 'days',
    least: 1,
    most: 3650,
    fallback: 30,
    about: 'how long reports of runs are kept',
  },
  interval: {
    kind: 'number',
    unit: 'minutes',
    least: 1,
    most: 1440,
    fallback: 30,
    about: 'how often to look when nothing hints at a change',
  },
  language: {
    kind: 'choice',
    of: ['system', 'en', 'fr'],
    fallback: 'system',
    about: 'the language of the windows',
  },
  'outlook.start': {
    kind: 'choice',
    of: ['off', 'on'],
    fallback: 'off',
    about: 'whether the connector starts Outlook when it starts itself (Windows); without it, it waits for Outlook',
  },
  notices: {
    kind: 'choice',
    of: ['on', 'off'],
    fallback: 'on',
    about: 'whether the icon beside the clock tells what waits for you (Windows)',
  },
  'log.advanced': {
    kind: 'choice',
    of: ['off', 'on'],
    fallback: 'off',
    about: 'whether the log tells every call to the server and to Outlook too, still without contents',
  },
  updates: {
    kind: 'choice',
    of: ['on', 'off'],
    fallback: 'on',
    about: 'whether new versions are downloaded and installed by themselves',
  },
  'updates.channel': {
    kind: 'choice',
    of: ['stable', 'preview'],
    fallback: 'stable',
    about: 'preview: versions that others have not tried yet',
  },
  'updates.url': {
    kind: 'address',
    fallback: '',
    about: 'where updates are asked for; nothing: at the BlueMind server of the account',
  },
  'status.share': {
    kind: 'choice',
    of: ['on', 'off'],
    fallback: 'on',
    about: 'whether a server that asks for it is told version, last run and error codes, without contents',
  },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof OPTIONS;
export type OptionValue<N extends OptionName> = (typeof OPTIONS)[N] extends { readonly of: readonly (infer V)[] }
  ? V
  : (typeof OPTIONS)[N] extends { readonly kind: 'address' }
    ? string
    : number;

/** An option as it is now, for lists. */
export type OptionRow = {
  readonly name: OptionName;
  readonly value: string | number;
  readonly set: boolean;
  readonly fallback: string | number;
  /** `server, outlook, ask`, or `0 to 100 % of the folder` */
  readonly type: string;
  readonly about: string;
};

/** The value that is in force. One that is stored and not understood, of another version, counts as not set. */
export function optionOf<N extends OptionName>(settings: Pick<Settings, 'get'>, name: N): OptionValue<N> {
  const stored = settings.get(keyOfOption(name));
  return (fits(OPTIONS[name], stored) ? stored : OPTIONS[name].fallback) as OptionValue<N>;
}

export function optionRows(settings: Pick<Settings, 'get'>): readonly OptionRow[] {
  return (Object.keys(OPTIONS) as OptionName[]).map((name) => optionRow(settings, name));
}

export function optionRow(settings: Pick<Settings, 'get'>, name: OptionName): OptionRow {
  const { fallback, about } = OPTIONS[name];
  const set = settings.get(keyOfOption(name)) !== undefined;
  return { name, value: optionOf(settings, name), set, fallback, type: typeOf(OPTIONS[name]), about };
}

/** @throws VALUE_INVALID */
export function optionName(name: string): OptionName {
  if (Object.hasOwn(OPTIONS, name)) return name as OptionName;
  throw new Failure('VALUE_INVALID', `There is no option "${name}"; see \`connector options list\`.`);
}

/** Sets an option from what was typed. @throws VALUE_INVALID */
export function setOption(settings: Settings, name: OptionName, typed: string): void {
  const option: Option = OPTIONS[name];
  const value = readTyped(option, typed.trim());
  if (!fits(option, value)) throw new Failure('VALUE_INVALID', `${name} is ${typeOf(option)}.`);
  settings.set(keyOfOption(name), value);
}

function readTyped(option: Option, typed: string): string | number {
  if (option.kind === 'address') return typed === '' || typed.endsWith('/') ? typed : `${typed}/`;
  return option.kind === 'number' && /^\d+$/.test(typed) ? Number(typed) : typed.toLowerCase();
}

/** Back to the default. */
export function resetOption(settings: Settings, name: OptionName): void {
  settings.set(keyOfOption(name), undefined);
}

/** How long and how much is kept. */
export function keepingOf(settings: Pick<Settings, 'get'>): Keeping {
  return {
    historyDays: optionOf(settings, 'history.days'),
    historyBytes: optionOf(settings, 'history.size') * 1_000_000,
    reportDays: optionOf(settings, 'reports.days'),
  };
}

/** Under which it is kept. */
export function keyOfOption(name: OptionName): string {
  return `option.${name}`;
}

/** Whether a value is one that the option can have. */
export function fitsOption(name: OptionName, value: unknown): boolean {
  return fits(OPTIONS[name], value);
}

/** What it can be, without its words. */
export function optionLimits(name: OptionName): Choice | Amount | Address {
  return OPTIONS[name];
}

function fits(option: Option, value: unknown): boolean {
  switch (option.kind) {
    case 'choice':
      return option.of.includes(value as string);
    case 'number':
      return Number.isInteger(value) && Number(value) >= option.least && Number(value) <= option.most;
    case 'address':
      return value === '' || (typeof value === 'string' && /^https?:\/\/[^\s/@?#]+(\/[^\s?#]*)?\/$/.test(value));
    default:
      return unreachable(option);
  }
}

function typeOf(option: Option): string {
  switch (option.kind) {
    case 'choice':
      return `one of ${option.of.join(', ')}`;
    case 'number':
      return `a whole number from ${option.least} to ${option.most} (${option.unit})`;
    case 'address':
      return 'the address of a folder such as https://downloads.example.org/connector/, or nothing';
    default:
      return unreachable(option);
  }
}
