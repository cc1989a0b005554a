import { type Theme, teamsHighContrastTheme, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { useSyncExternalStore } from 'react';

const DARK = '(prefers-color-scheme: dark)';
const CONTRAST = '(forced-colors: active)';

/** The system's choice: light, dark, or the colours that a contrast theme forces. */
export function useTheme(): Theme {
  const contrast = useMedia(CONTRAST);
  const dark = useMedia(DARK);
  if (contrast) return teamsHighContrastTheme;
  return dark ? webDarkTheme : webLightTheme;
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}
