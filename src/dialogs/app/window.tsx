/** The frame that all windows share: title (`page.css`), contents that scroll, buttons at the end; Esc closes. */
import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  MessageBar,
  MessageBarBody,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { NavigationRegular } from '@fluentui/react-icons';
import { type ReactNode, type SubmitEvent, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Dialog } from '../../agent/api/routes.ts';
import { go } from './app.tsx';
import { useLive } from './live.tsx';

const useStyles = makeStyles({
  contents: {
    flexGrow: 1,
    overflowY: 'auto',
    padding: '8px 20px 16px',
    display: 'flex',
    flexDirection: 'column',
    rowGap: '16px',
    minHeight: 0,
    // Long contents scroll; they do not press a message together.
    '& > .fui-MessageBar': { flexShrink: 0 },
  },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    gap: '8px',
    padding: '12px 20px 20px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

export type WindowProps = {
  readonly title: string;
  readonly intro?: string;
  readonly wide?: boolean;
  /** The action last: it stands at the right. */
  readonly buttons?: ReactNode;
  /** What Enter does. */
  readonly onSubmit?: () => void;
  readonly children: ReactNode;
};

export function Window({ title, intro, wide = false, buttons, onSubmit, children }: WindowProps) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { connected } = useLive();
  useEffect(() => {
    document.title = `${title} – ${t('product')}`;
  }, [title, t]);
  useEscape(close);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <form className={wide ? 'window window-wide' : 'window'} onSubmit={submit} noValidate>
      <header className="window-head">
        <div className="window-titles">
          <h1 className="window-title">{title}</h1>
          {intro !== undefined && <p className="window-intro">{intro}</p>}
        </div>
        <OtherWindows />
      </header>
      <main className={styles.contents}>
        {!connected && (
          <MessageBar intent="warning">
            <MessageBarBody>{t('unheard')}</MessageBarBody>
          </MessageBar>
        )}
        {children}
      </main>
      {buttons !== undefined && <footer className={styles.buttons}>{buttons}</footer>}
    </form>
  );
}

export function CloseButton({ label }: { label?: string }) {
  const { t } = useTranslation();
  return <Button onClick={close}>{label ?? t('close')}</Button>;
}

/** Windows opened by Outlook, the tray or another window can close themselves; a tab of the user's own shows the status instead. */
function close(): void {
  window.close();
  setTimeout(() => {
    if (!window.closed) go('status');
  }, 100);
}

function useEscape(onEscape: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onEscape();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [onEscape]);
}

const WINDOWS = [
  'status',
  'synchronize',
  'calendars',
  'books',
  'own-books',
  'history',
  'held',
  'import',
  'options',
  'updates',
  'report',
  'connect',
] as const satisfies readonly Dialog[];

function OtherWindows() {
  const { t } = useTranslation();
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button type="button" appearance="subtle" icon={<NavigationRegular />} aria-label={t('windows.menu')} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {WINDOWS.map((name) => (
            <MenuItem key={name} onClick={() => go(name)}>
              {t(`windows.${name}`)}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
