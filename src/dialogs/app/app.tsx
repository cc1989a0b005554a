import { FluentProvider } from '@fluentui/react-components';
import { type ComponentType, StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { baseOf } from '../../agent/api/client.ts';
import { must } from '../../base/assert.ts';
import { type MoreWords, startLanguage } from './language.ts';
import { LiveProvider } from './live.tsx';
import { useTheme } from './theme.ts';

/** What loads a window, by its path. */
export type Windows = Readonly<Record<string, () => Promise<ComponentType>>>;
type Loaded = { readonly Window: ComponentType };

/** Puts the window that the path names into the page. Until it can be drawn, the page's own frame stays: its title, and what it is for. */
export async function startWindows(windows: Windows, words?: MoreWords): Promise<void> {
  const [first] = await Promise.all([load(windows), startLanguage(words)]);
  createRoot(must(document.getElementById('root'))).render(
    <StrictMode>
      <App windows={windows} first={first} />
    </StrictMode>,
  );
}

/** Theme and the agent's status around the window that the path names; while another one is loaded, the last one stays. */
function App({ windows, first }: { windows: Windows; first: Loaded }) {
  const theme = useTheme();
  const [{ Window }, setLoaded] = useState(first);
  useEffect(() => {
    let latest = 0;
    const moved = async () => {
      latest += 1;
      const mine = latest;
      const loaded = await load(windows);
      if (mine === latest) setLoaded(loaded);
    };
    const listener = () => void moved();
    addEventListener('popstate', listener);
    return () => removeEventListener('popstate', listener);
  }, [windows]);
  return (
    <FluentProvider theme={theme}>
      <LiveProvider>
        <Window />
      </LiveProvider>
    </FluentProvider>
  );
}

/** @returns the window of this path, and *Status* where there is none of that name */
async function load(windows: Windows): Promise<Loaded> {
  const name = location.pathname.split('/').at(-1) ?? '';
  return { Window: await must(windows[name] ?? windows['status'])() };
}

/** Another window in this one's place. */
export function go(to: string): void {
  history.pushState(null, '', `${baseOf(location.pathname)}/${to}`);
  dispatchEvent(new PopStateEvent('popstate'));
}
