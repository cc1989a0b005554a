import type { Clock } from '../base/clock.ts';
import type { Fetch } from './channel.ts';
import { updateFailure } from './failures.ts';
import type { InstallPort } from './install-port.ts';
import type { PublicKey } from './keys.ts';
import type { Channel } from './manifest.ts';
import type { StateFile } from './state.ts';

/** What the user and their administrator want; asked for each time. */
export type UpdateRules = {
  /** Undefined: on. */
  readonly off?: 'option' | 'policy' | undefined;
  readonly channel: Channel;
  /** The folder of the manifest, with a slash at its end; undefined: neither an account nor an address is set. */
  readonly url: string | undefined;
  /** Further keys that the administrator trusts. */
  readonly keys?: readonly PublicKey[] | undefined;
};

export type UpdaterOptions = {
  readonly state: StateFile;
  /** The version that runs. */
  readonly installed: string;
  /** As Node names them. */
  readonly platform: string;
  readonly arch: string;
  /** The keys that this build came with. */
  readonly builtIn: readonly PublicKey[];
  readonly rules: () => UpdateRules;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: () => number;
  /** Undefined: this program was not installed, or may not be replaced by its user. */
  readonly port: InstallPort | undefined;
  /** It runs from its source, as in a checkout. */
  readonly fromSource: boolean;
  /** @units bytes a second of a download */
  readonly rate: number;
  /** Something in the state is another. */
  readonly onChange: () => void;
};

export type OffReason = 'option' | 'policy' | 'source' | 'not-installed' | 'no-key' | 'no-channel';

/** Why there are no updates; undefined: there are. */
export function offReason(options: UpdaterOptions): OffReason | undefined {
  const { off, url } = options.rules();
  if (off === 'policy') return off;
  // What no switch changes comes before the switch.
  if (options.fromSource) return 'source';
  if (options.port === undefined) return 'not-installed';
  if (trustedNow(options).length === 0) return 'no-key';
  if (off !== undefined) return off;
  return url === undefined ? 'no-channel' : undefined;
}

const SENTENCES: Readonly<Record<OffReason, string>> = {
  option: 'Updates are switched off. Switch them on with `connector options set updates on`.',
  policy: 'Updates are switched off by your organisation; its administrator installs new versions.',
  source:
    'This program runs from its source, which no channel updates. Fetch the newer source (`git pull`, then `npm ci`), or use the installer.',
  'not-installed':
    'This program was not installed by its user, so it does not update itself. Run a newer installer over it.',
  'no-key':
    'This build trusts no key that updates could be signed with, so it takes none. Run a newer installer over it.',
  'no-channel':
    'It is not known where updates are: connect an account, or set an address with `connector options set updates.url`.',
};

export function rulesNow(options: Pick<UpdaterOptions, 'rules'>): UpdateRules {
  return options.rules();
}

/** @throws UPDATE_OFF */
export function mustBeOn(options: UpdaterOptions): UpdateRules & { readonly url: string } {
  const why = offReason(options);
  const rules = options.rules();
  if (why !== undefined || rules.url === undefined) throw updateFailure('UPDATE_OFF', SENTENCES[why ?? 'no-channel']);
  return { ...rules, url: rules.url };
}

/** Keys that a manifest named hold as long as the program came with the same ones as then; those of the administrator always. */
export function trustedNow({
  state,
  builtIn,
  rules,
}: Pick<UpdaterOptions, 'state' | 'builtIn' | 'rules'>): readonly PublicKey[] {
  const { keys } = state.read();
  const learned = keys !== null && keys.since.join() === builtIn.join() ? keys.now : builtIn;
  return [...new Set([...learned, ...(rules().keys ?? [])])];
}
