/** The two windows in which one says which calendars or address books one wants to see. */
import { Button, makeStyles, SearchBox, Spinner, tokens } from '@fluentui/react-components';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../agent/api/routes.ts';
import { useAnswer, useDeed } from '../app/ask.ts';
import { agent } from '../app/live.tsx';
import { FailureBar } from '../app/told.tsx';
import { Waiting } from '../app/waiting.tsx';
import { CloseButton, Window } from '../app/window.tsx';
import { Row } from './row.tsx';

export type Container = Answer<'containers'>[number];

const useStyles = makeStyles({
  search: { width: '100%', maxWidth: '100%', flexShrink: 0 },
  list: { margin: 0, padding: 0, listStyleType: 'none', flexGrow: 1, minHeight: '160px', overflowY: 'auto' },
  empty: { color: tokens.colorNeutralForeground2 },
});

export function Calendars() {
  return <Subscribe what="calendars" kind="calendar" />;
}

export function Books() {
  return <Subscribe what="books" kind="addressbook" />;
}

function Subscribe({ what, kind }: { what: 'calendars' | 'books'; kind: Container['kind'] }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const { answer, failure, loading } = useAnswer('containers', { kind }, ['subscriptions']);
  const [find, setFind] = useState('');
  const sought = useDeferredValue(find);
  const [changes, setChanges] = useState<ReadonlyMap<string, boolean>>(new Map());
  const saving = useDeed();
  const shown = useMemo(() => matching(answer ?? [], sought), [answer, sought]);

  const toggle = (container: Container, subscribed: boolean) => {
    const next = new Map(changes);
    if (subscribed === container.subscribed) next.delete(container.uid);
    else next.set(container.uid, subscribed);
    setChanges(next);
  };
  const save = async () => {
    const chosen = (wanted: boolean) => [...changes].filter(([, on]) => on === wanted).map(([uid]) => uid);
    const asked = { kind, subscribe: chosen(true), unsubscribe: chosen(false) };
    if (await saving.run(() => agent.post('containers/save', asked))) setChanges(new Map());
  };
  return (
    <Window
      title={t(`${what}.title`)}
      intro={t(`${what}.intro`)}
      onSubmit={() => void save()}
      buttons={
        <>
          {saving.busy && <Spinner size="tiny" label={t('saving')} />}
          <CloseButton label={changes.size === 0 ? t('close') : t('cancel')} />
          <Button type="submit" appearance="primary" disabled={saving.busy || changes.size === 0}>
            {t('save')}
          </Button>
        </>
      }
    >
      <FailureBar failure={saving.failure ?? failure} />
      <SearchBox
        className={styles.search}
        placeholder={t('subscribe.search')}
        aria-label={t('subscribe.search')}
        value={find}
        onChange={(_event, { value }) => setFind(value)}
        autoFocus
      />
      {answer === undefined && loading && <Waiting />}
      {answer !== undefined && (
        <>
          <p role="status" className={styles.empty} style={{ margin: 0 }}>
            {shown.length === 0 ? t('subscribe.none') : t('subscribe.found', { count: shown.length })}
          </p>
          <ul className={styles.list} aria-label={t(`${what}.title`)}>
            {shown.map((container) => (
              <Row
                key={container.uid}
                container={container}
                checked={changes.get(container.uid) ?? container.subscribed}
                onToggle={toggle}
              />
            ))}
          </ul>
        </>
      )}
    </Window>
  );
}

/** Sought in names and owners, whatever the accents and capitals; the agent's order stays. */
function matching(containers: readonly Container[], find: string): readonly Container[] {
  const words = plain(find).split(/\s+/);
  return containers.filter(({ name, owner }) => {
    const text = plain(`${name} ${owner}`);
    return words.every((word) => text.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
