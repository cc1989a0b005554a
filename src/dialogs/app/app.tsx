import { FluentProvider } from '@fluentui/react-components';
import { type ComponentType, type LazyExoticComponent, Suspense, useEffect, useState } from 'react';
import { baseOf } from '../../agent/api/client.ts';
import { type MoreWords, startLanguage } from './language.ts';
import { LiveProvider } from './live.tsx';
import { useTheme } from './theme.ts';
import { Waiting } from './waiting.tsx';

/** A window by its path. */
export type Windows = Readonly<Record<string, LazyExoticComponent<ComponentType>>>;

/** Theme, language and the agent's status around the window that the path names. */
export function App({ windows, words }: { windows: Windows; words?: MoreWords }) {
  const theme = useTheme();
  const [ready, setReady] = useState(false);
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    void startLanguage(words).then(() => setReady(true));
    const moved = () => setPath(location.pathname);
    addEventListener('popstate', moved);
    return () => removeEventListener('popstate', moved);
  }, [words]);
  const Window = windows[path.split('/').at(-1) ?? ''] ?? windows['status'];
  return (
    <FluentProvider theme={theme}>
      {ready && Window && (
        <LiveProvider>
          <Suspense fallback={<Waiting />}>
            <Window />
          </Suspense>
        </LiveProvider>
      )}
    </FluentProvider>
  );
}

/** Another window in this one's place. */
export function go(to: string): void {
  history.pushState(null, '', `${baseOf(location.pathname)}/${to}`);
  dispatchEvent(new PopStateEvent('popstate'));
}
