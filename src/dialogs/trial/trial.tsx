/** The trial's page: what Outlook shows beside what BlueMind holds, each to be worked in, and how the connector fares between them. */
import { MessageBar, MessageBarBody, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../app/live.tsx';
import { FailureBar } from '../app/told.tsx';
import { moment } from '../app/when.ts';
import { VIEWS, type View } from './calendar.tsx';
import { type Folder, type SideName, useTrial } from './client.ts';
import { DateBar } from './date-bar.tsx';
import { Pane } from './pane.tsx';
import { spanOf, today } from './span.ts';
import { Tabs } from './tabs.tsx';

const useStyles = makeStyles({
  main: { flexGrow: 1, display: 'flex', flexDirection: 'column', rowGap: '10px', minHeight: 0 },
  said: { minHeight: '24px', display: 'flex', alignItems: 'center', columnGap: '8px' },
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: '6px 16px' },
  panes: {
    flexGrow: 1,
    flexBasis: '560px',
    flexShrink: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    gridTemplateRows: 'minmax(0, 1fr)',
    gap: '12px',
    '@media (max-width: 860px)': { gridTemplateColumns: 'minmax(0, 1fr)', gridTemplateRows: '640px 600px' },
  },
  hint: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

const SIDES = ['outlook', 'server'] as const satisfies readonly SideName[];
type Chosen = Readonly<Record<SideName, string | undefined>>;

export function Trial() {
  const { t } = useTranslation('trial');
  const { t: common } = useTranslation();
  const styles = useStyles();
  const { connected } = useLive();
  const [kind, setKind] = useState<Folder['kind']>('calendar');
  const [view, setView] = useState<View>(innerWidth < 640 ? VIEWS[0] : VIEWS[1]);
  const [date, setDate] = useState(today);
  const { answer: folders, failure } = useTrial('trial/folders', {}, ['folders']);
  const [chosen, setChosen] = useState<Chosen>({ outlook: undefined, server: undefined });
  useEffect(() => {
    document.title = `${t('title')} – ${common('product')}`;
  }, [t, common]);
  const folderOf = (side: SideName) => {
    const all = folders?.[side].filter((folder) => folder.kind === kind) ?? [];
    return all.find(({ id }) => id === chosen[side]) ?? all.find(({ own }) => own) ?? all[0];
  };
  const choose = (side: SideName, id: string) => {
    const twin = folders?.[side].find((folder) => folder.id === id)?.twin ?? undefined;
    const other = side === 'outlook' ? 'server' : 'outlook';
    setChosen({ ...chosen, [side]: id, ...(twin === undefined ? {} : { [other]: twin }) });
  };
  return (
    <div className="trial-page">
      <header className="window-head">
        <div className="window-titles">
          <h1 className="window-title">{t('title')}</h1>
          <p className="window-intro">{t('intro')}</p>
        </div>
        <Said />
      </header>
      <main className={styles.main}>
        {!connected && (
          <MessageBar intent="warning">
            <MessageBarBody>{common('unheard')}</MessageBarBody>
          </MessageBar>
        )}
        <FailureBar failure={failure} />
        <div className={styles.bar}>
          <Tabs
            label={t('modules')}
            chosen={kind}
            onChoose={setKind}
            tabs={[
              ['calendar', t('calendars')],
              ['addressbook', t('contacts')],
            ]}
          />
          {kind === 'calendar' && <DateBar {...{ view, date }} onView={setView} onDate={setDate} />}
        </div>
        <div className={styles.panes}>
          {folders !== undefined &&
            SIDES.map((side) => (
              <Pane
                key={side}
                {...{ side, kind }}
                span={spanOf(view, date)}
                folders={folders[side]}
                chosen={folderOf(side)}
                onChoose={(id) => choose(side, id)}
              />
            ))}
        </div>
        {kind === 'calendar' && <p className={styles.hint}>{t('hint')}</p>}
      </main>
    </div>
  );
}

/** What the connector is doing, in a line. */
function Said() {
  const { t } = useTranslation('trial');
  const styles = useStyles();
  const { status, progress } = useLive();
  const now = progress?.folders.find(({ state }) => state === 'running');
  const words = () => {
    if (status === undefined) return t('starting');
    if (status.state === 'running')
      return now === undefined
        ? t('running')
        : t('runningFolder', { name: now.name, done: now.done, total: now.total ?? '…' });
    if (status.last === null) return t('starting');
    return t('quiet', { count: status.last.changes, time: moment(status.last.endedAt ?? status.last.startedAt) });
  };
  return (
    <div>
      <FailureBar failure={status?.paused?.failure ?? status?.last?.failure} />
      <div className={styles.said} role="status">
        {status?.state === 'running' && <Spinner size="tiny" aria-label={t('running')} />}
        {words()}
      </div>
    </div>
  );
}
