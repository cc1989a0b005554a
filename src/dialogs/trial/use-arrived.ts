import { useEffect, useRef, useState } from 'react';

/** @units milliseconds that something counts as just arrived */
const FRESH = 4000;

/** Keys of entries that were not there, or said something else, a moment ago; nothing is new at the first look. */
export function useArrived(entries: readonly (readonly [key: string, says: string])[]): ReadonlySet<string> {
  const known = useRef<ReadonlyMap<string, string>>(undefined);
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set());
  const now = JSON.stringify(entries);
  useEffect(() => {
    const [before, after] = [known.current, new Map(JSON.parse(now) as [string, string][])];
    if (after.size > 0) known.current = after;
    if (before === undefined) return undefined;
    const fresh = [...after].filter(([key, says]) => before.get(key) !== says).map(([key]) => key);
    // Another folder or another week is no news.
    if (fresh.length === 0 || fresh.length > 5) return undefined;
    setArrived(new Set(fresh));
    const over = setTimeout(() => setArrived(new Set()), FRESH);
    return () => clearTimeout(over);
  }, [now]);
  return arrived;
}
