import { Button, makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeed } from '../app/ask.ts';
import { agent } from '../app/live.tsx';
import { FailureBar, Notice } from '../app/told.tsx';
import { moment } from '../app/when.ts';
import type { Entry } from './history.tsx';

const useStyles = makeStyles({
  title: { margin: '0 0 4px', fontSize: tokens.fontSizeBase400, overflowWrap: 'anywhere' },
  why: { margin: '0 0 12px', color: tokens.colorNeutralForeground2 },
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed' },
  cell: {
    padding: '6px 8px',
    textAlign: 'start',
    verticalAlign: 'top',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'anywhere',
    whiteSpace: 'pre-wrap',
    fontWeight: tokens.fontWeightRegular,
  },
  head: { fontWeight: tokens.fontWeightSemibold },
  note: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  end: { display: 'flex', justifyContent: 'flex-end', columnGap: '8px', padding: '12px 0' },
});

/** Both versions of an entry beside each other, and the button that puts the kept one back. */
export function Versions({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const [done, setDone] = useState(false);
  const deed = useDeed();
  const restore = async () => {
    if (await deed.run(() => agent.post('history/restore', { id: entry.id }))) setDone(true);
  };
  return (
    <article aria-label={entry.title}>
      <h2 className={styles.title}>{entry.title}</h2>
      <p className={styles.why}>{entry.why}</p>
      <FailureBar failure={deed.failure} />
      {done && <Notice intent="success">{t('history.restored')}</Notice>}
      {entry.restored !== null && !done && (
        <Notice intent="success">{t('history.restoredAt', { time: moment(entry.restored) })}</Notice>
      )}
      {entry.fields.length === 0 ? <p>{t('history.deleted')}</p> : <Fields fields={entry.fields} />}
      <div className={styles.end}>
        {deed.busy && <Spinner size="tiny" label={t('history.restoring')} />}
        <Button appearance="primary" disabled={deed.busy} onClick={() => void restore()}>
          {t('history.restore')}
        </Button>
      </div>
    </article>
  );
}

function Fields({ fields }: Pick<Entry, 'fields'>) {
  const { t } = useTranslation();
  const styles = useStyles();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {[t('history.field'), t('history.before'), t('history.after')].map((words) => (
            <th key={words} scope="col" className={mergeClasses(styles.cell, styles.head)}>
              {words}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fields.map(({ field, before, after, lost }) => (
          <tr key={field}>
            <th scope="row" className={styles.cell}>
              {field}
              {lost && <div className={styles.note}>{t('history.lost')}</div>}
            </th>
            <td className={styles.cell}>{before}</td>
            <td className={styles.cell}>{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
