/**
 * What an organisation may set for its users: one list, from which come what the agent obeys, what its windows show as managed, and
 * the templates for Windows' group policies (tools/windows/build-policies.ts). A policy goes before the user's own choice and is never
 * stored with it, so that it ends when it is taken away.
 */
import { Failure } from '../base/failure.ts';
import type { Settings } from '../storage/records.ts';
import { fitsOption, keyOfOption, type OptionName, optionLimits } from './options.ts';
import { POLICY_WORDS, type PolicyWords } from './policy-words.ts';

/** The values of the policies by their names in the registry, as found; whoever reads them takes what fits. */
export type FoundPolicies = Readonly<Record<string, unknown>>;

/** How a value is chosen in the editor of group policies. */
type PolicyShape =
  | { readonly kind: 'address' }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'number'; readonly least: number; readonly most: number; readonly fallback: number };

export type Policy = {
  /** Of the value in the registry. */
  readonly name: PolicyName;
  /** The option that it decides; undefined: none, but the server. */
  readonly option: OptionName | undefined;
  readonly shape: PolicyShape;
  readonly words: PolicyWords;
};

export type PolicyName = keyof typeof POLICY_WORDS;

const OPTION_OF: Readonly<Partial<Record<PolicyName, OptionName>>> = {
  Updates: 'updates',
  Interval: 'interval',
  Language: 'language',
  ConflictRule: 'conflict.rule',
  ConflictDeletions: 'conflict.deletions',
  GuardCount: 'guard.count',
  GuardShare: 'guard.share',
  HistoryDays: 'history.days',
  HistorySize: 'history.size',
  ReportsDays: 'reports.days',
  Notices: 'notices',
  AdvancedLog: 'log.advanced',
};

export const POLICIES: readonly Policy[] = (Object.keys(POLICY_WORDS) as PolicyName[]).map((name) => {
  const option = OPTION_OF[name];
  return { name, option, shape: shapeOf(option), words: POLICY_WORDS[name] };
});

/** What is in force. */
export type Policies = {
  /** The address of the server; undefined: the user's to choose. */
  readonly server: string | undefined;
  /** false: no new version is looked for; undefined: the user's to choose. */
  readonly updates: boolean | undefined;
  readonly options: ReadonlyMap<OptionName, string | number>;
  /** Names of values that are not of their form, and so count as not set. */
  readonly notUnderstood: readonly string[];
};

export const NO_POLICIES: Policies = policiesIn({});

export function policiesIn(found: FoundPolicies): Policies {
  const options = new Map<OptionName, string | number>();
  const notUnderstood: string[] = [];
  const known = POLICIES.flatMap(({ name, option, shape }) => {
    const value = found[name];
    if (value === undefined) return [];
    if (option === undefined ? fitsShape(shape, value) : fitsOption(option, value)) return [{ name, option, value }];
    notUnderstood.push(name);
    return [];
  });
  for (const { option, value } of known) if (option !== undefined) options.set(option, value as string | number);
  const own = (wanted: PolicyName) => known.find(({ name }) => name === wanted)?.value;
  const updates = own('Updates');
  return {
    server: own('Server') as string | undefined,
    updates: updates === undefined ? undefined : updates === 'on',
    options,
    notUnderstood,
  };
}

/** The user's settings as far as no policy decides. Setting what one decides fails. */
export function managedSettings(settings: Settings, { options }: Policies): Settings {
  const managed = new Map([...options].map(([name, value]) => [keyOfOption(name), { name, value }]));
  return {
    ...settings,
    get: (key) => managed.get(key)?.value ?? settings.get(key),
    set: (key, value) => {
      const policy = managed.get(key);
      if (policy !== undefined) throw settingManaged(policy.name);
      settings.set(key, value);
    },
  };
}

export function settingManaged(what: string): Failure {
  return new Failure(
    'SETTING_MANAGED',
    `Your organisation manages this setting (${what}); ask your administrator to change it.`,
  );
}

function shapeOf(option: OptionName | undefined): PolicyShape {
  return option === undefined ? { kind: 'address' } : optionLimits(option);
}

function fitsShape(shape: PolicyShape, value: unknown): boolean {
  switch (shape.kind) {
    case 'address':
      return typeof value === 'string' && value.trim() !== '' && value.length <= 300;
    case 'choice':
      return shape.of.includes(value as string);
    case 'number':
      return Number.isInteger(value) && Number(value) >= shape.least && Number(value) <= shape.most;
  }
}
