/** Outlook's ribbon, as far as the trial needs it: what one does at home, and the BlueMind tab with the connector's windows. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeed } from '../app/ask.ts';
import { agent } from '../app/live.tsx';
import { FailureBar } from '../app/told.tsx';
import { trial } from './client.ts';
import { Tabs } from './tabs.tsx';

const useStyles = makeStyles({
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '4px',
    padding: '6px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
});

const WINDOWS = [
  'calendars',
  'books',
  'own-books',
  'import',
  'history',
  'held',
  'status',
  'options',
  'updates',
  'report',
  'connect',
] as const;
/** Windows with two versions beside each other need more room. @units pixels */
const WIDTH = { wide: 1000, usual: 640 };

export type RibbonProps = { readonly make: string; readonly makes: boolean; readonly onMake: () => void };

export function Ribbon({ make, makes, onMake }: RibbonProps) {
  const { t } = useTranslation('trial');
  const { t: common } = useTranslation();
  const styles = useStyles();
  const [tab, setTab] = useState<'home' | 'bluemind'>('home');
  const deed = useDeed();
  return (
    <div>
      <Tabs
        label={t('tabs')}
        chosen={tab}
        onChoose={setTab}
        tabs={[
          ['home', t('home')],
          ['bluemind', t('bluemind')],
        ]}
      />
      <div className={styles.buttons} role="tabpanel" aria-label={t(tab)}>
        {tab === 'home' && (
          <>
            <Button size="small" appearance="primary" disabled={!makes} onClick={onMake}>
              {make}
            </Button>
            <Button size="small" onClick={() => void deed.run(() => trial.post('trial/send-receive', {}))}>
              {t('sendReceive')}
            </Button>
          </>
        )}
        {tab === 'bluemind' && (
          <>
            <Button size="small" appearance="primary" onClick={() => void deed.run(() => agent.post('run', {}))}>
              {t('synchronize')}
            </Button>
            {WINDOWS.map((name) => (
              <Button key={name} as="a" size="small" href={name} target={`connector-${name}`} onClick={openBeside}>
                {common(`windows.${name}`)}
              </Button>
            ))}
          </>
        )}
      </div>
      <FailureBar failure={deed.failure} />
    </div>
  );
}

/** As Outlook's File ▸ BlueMind opens them: each in a window of its own, and the same one again. */
function openBeside(event: React.MouseEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { href, target } = event.currentTarget as HTMLAnchorElement;
  const width = /\/(history|held)$/.test(href) ? WIDTH.wide : WIDTH.usual;
  if (window.open(href, target, `popup,width=${width},height=720`) !== null) event.preventDefault();
}
