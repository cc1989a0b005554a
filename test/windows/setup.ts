import { fetchPackages } from '../../tools/windows/packages.ts';
import { endPrefix, makePrefix } from '../../tools/windows/wine.ts';

/** Fetches Windows' Node, makes the prefix, and leaves no Windows process behind. */
export function setup(): () => void {
  fetchPackages();
  makePrefix();
  return endPrefix;
}
