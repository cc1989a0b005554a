/** Version numbers as in Semantic Versioning 2.0, with the pre-releases that we make: `1.2.3`, `1.2.3-beta.4`. */

export const VERSION_PATTERN = '^\\d{1,6}\\.\\d{1,6}\\.\\d{1,6}(-(alpha|beta|rc)(\\.\\d{1,6})?)?$';

type Parts = readonly [major: number, minor: number, patch: number, stage: number, step: number];

const STAGES = ['alpha', 'beta', 'rc'] as const;

/** Negative when `a` is older than `b`, 0 when they are the same. What is no version is older than every one. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (const [at, part] of left.entries()) {
    const difference = part - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A pre-release comes before its release. @source semver.org, 11 */
function partsOf(text: string): Parts {
  if (!new RegExp(VERSION_PATTERN).test(text)) return [-1, -1, -1, -1, -1];
  const [numbers = '', before] = text.split(/-(.*)/s);
  const [major, minor, patch] = numbers.split('.').map(Number);
  const [stage, step] = before?.split('.') ?? [];
  const rank = stage === undefined ? STAGES.length : STAGES.indexOf(stage as (typeof STAGES)[number]);
  return [major ?? 0, minor ?? 0, patch ?? 0, rank, Number(step ?? 0)];
}
