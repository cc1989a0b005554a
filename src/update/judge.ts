/** What a manifest, whose signature is right, means for this installation. */
import { updateFailure } from './failures.ts';
import { type Channel, type Manifest, noManifest, type ReleaseFile } from './manifest.ts';
import { compareVersions } from './version.ts';

/** The newest manifest that was followed on a channel. */
export type Seen = { readonly sequence: number; readonly digest: string };

/** What is offered to this installation. */
export type Offer = {
  readonly version: string;
  readonly channel: Channel;
  readonly sequence: number;
  readonly released: string;
  readonly file: ReleaseFile;
  /** The whole address of the file. */
  readonly url: string;
  readonly news: Manifest['news'];
};

/** `rollout`: its turn comes later; `failed`: this version was installed and did not come up. */
export type Verdict =
  | { readonly kind: 'offer'; readonly file: ReleaseFile }
  | { readonly kind: 'none'; readonly why: 'newest' | 'rollout' | 'other-computer' | 'failed' };

export type Here = {
  /** @units milliseconds since 1970-01-01T00:00:00Z */
  readonly now: number;
  readonly channel: Channel;
  readonly installed: string;
  readonly platform: string;
  readonly arch: string;
  /** 0 up to 100: drawn once for an installation; it takes by itself what is rolled out to more than that. */
  readonly luck: number;
  readonly seen: Seen | undefined;
  /** Versions that did not come up here. */
  readonly failed: readonly string[];
  /** A person asks: whoever asks by hand need not wait for their turn, and may try again what failed. */
  readonly byHand: boolean;
};

/** @throws UPDATE_NO_MANIFEST, UPDATE_EXPIRED, UPDATE_ROLLED_BACK, UPDATE_BY_HAND */
export function judge(manifest: Manifest, digest: string, here: Here): Verdict {
  if (manifest.channel !== here.channel) throw noManifest();
  if (Date.parse(manifest.expires) <= here.now)
    throw updateFailure(
      'UPDATE_EXPIRED',
      'The list of updates is older than it may be, so it was not followed. Check the date of this computer, or tell your administrator.',
    );
  const { seen } = here;
  if (
    seen !== undefined &&
    (manifest.sequence < seen.sequence || (manifest.sequence === seen.sequence && digest !== seen.digest))
  )
    throw updateFailure(
      'UPDATE_ROLLED_BACK',
      'The list of updates is an older one than was seen before, so it was not followed. If this stays so, tell your administrator.',
    );
  if (compareVersions(manifest.version, here.installed) <= 0) return { kind: 'none', why: 'newest' };
  if (compareVersions(here.installed, manifest.minimum) < 0)
    throw updateFailure(
      'UPDATE_BY_HAND',
      `Version ${here.installed} is too old to update itself to ${manifest.version}. Run the newer installer over it; nothing is lost.`,
    );
  const file = manifest.files.find(({ platform, arch }) => platform === here.platform && arch === here.arch);
  if (file === undefined) return { kind: 'none', why: 'other-computer' };
  if (!here.byHand && here.failed.includes(manifest.version)) return { kind: 'none', why: 'failed' };
  if (!here.byHand && here.luck >= manifest.rollout) return { kind: 'none', why: 'rollout' };
  return { kind: 'offer', file };
}
