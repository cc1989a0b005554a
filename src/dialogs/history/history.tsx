import {
  Button,
  Dropdown,
  Field,
  makeStyles,
  mergeClasses,
  Option,
  SearchBox,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../agent/api/routes.ts';
import { useAnswer } from '../app/ask.ts';
import { FailureBar, Notice } from '../app/told.tsx';
import { Waiting } from '../app/waiting.tsx';
import { moment, reader } from '../app/when.ts';
import { CloseButton, Window } from '../app/window.tsx';
import { Versions } from './versions.tsx';

export type Entry = Answer<'history'>[number];

const useStyles = makeStyles({
  filters: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'flex-end' },
  find: { flexGrow: 1, maxWidth: '100%' },
  side: { minWidth: '150px' },
  panes: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr)',
    columnGap: '20px',
    minHeight: 0,
    flexGrow: 1,
    '@media (max-width: 760px)': { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: '16px' },
  },
  list: { margin: 0, padding: 0, listStyleType: 'none', overflowY: 'auto' },
  entry: {
    width: '100%',
    display: 'block',
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    padding: '8px',
    contentVisibility: 'auto',
  },
  chosen: { backgroundColor: tokens.colorNeutralBackground1Selected },
  note: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  detail: { overflowY: 'auto', minWidth: 0 },
});

const MOST = 200;

/** What was overwritten or deleted in the last weeks; any version can be put back. */
export function History() {
  const { t } = useTranslation();
  const styles = useStyles();
  const [find, setFind] = useState('');
  const [side, setSide] = useState<'' | 'server' | 'outlook'>('');
  const sought = useDeferredValue(find).trim();
  const [id, setId] = useState<string>();
  const { answer, failure, loading } = useAnswer(
    'history',
    { ...reader(), most: MOST, ...(sought !== '' && { find: sought }), ...(side !== '' && { side }) },
    ['history'],
  );
  const chosen = answer?.find((entry) => entry.id === id);
  const sides = { '': t('history.bothSides'), server: t('side.server'), outlook: t('side.outlook') };
  return (
    <Window wide title={t('history.title')} intro={t('history.intro')} buttons={<CloseButton />}>
      <FailureBar failure={failure} />
      <div className={styles.filters}>
        <SearchBox
          className={styles.find}
          aria-label={t('history.find')}
          placeholder={t('history.find')}
          value={find}
          onChange={(_event, { value }) => setFind(value)}
          autoFocus
        />
        <Field label={t('history.side')}>
          <Dropdown
            className={styles.side}
            value={sides[side]}
            selectedOptions={[side]}
            onOptionSelect={(_event, { optionValue }) => setSide((optionValue ?? '') as typeof side)}
          >
            {Object.entries(sides).map(([value, words]) => (
              <Option key={value} value={value}>
                {words}
              </Option>
            ))}
          </Dropdown>
        </Field>
        {loading && answer !== undefined && <Spinner size="tiny" />}
      </div>
      {answer === undefined && loading && <Waiting />}
      {answer?.length === 0 && (
        <Notice>{sought === '' && side === '' ? t('history.none') : t('history.notFound')}</Notice>
      )}
      {answer !== undefined && answer.length > 0 && (
        <div className={styles.panes}>
          <ul className={styles.list} aria-label={t('history.title')}>
            {answer.map((entry) => (
              <li key={entry.id}>
                <Button
                  type="button"
                  appearance="subtle"
                  className={mergeClasses(styles.entry, entry.id === id && styles.chosen)}
                  aria-pressed={entry.id === id}
                  onClick={() => setId(entry.id)}
                >
                  {entry.title}
                  <div className={styles.note}>{wordsOf(entry, t)}</div>
                </Button>
              </li>
            ))}
            {answer.length >= MOST && <li className={styles.note}>{t('history.more', { count: MOST })}</li>}
          </ul>
          <div className={styles.detail}>
            {chosen === undefined ? (
              <p className={styles.note}>{t('history.choose')}</p>
            ) : (
              <Versions key={chosen.id} entry={chosen} />
            )}
          </div>
        </div>
      )}
    </Window>
  );
}

function wordsOf({ at, did, side, folder, when, restored }: Entry, t: ReturnType<typeof useTranslation>['t']): string {
  const where = t(`side.${side}`);
  return [
    moment(at),
    t(`history.did.${did}`, { where }),
    folder,
    ...(when === '' ? [] : [when]),
    ...(restored === null ? [] : [t('history.restoredAt', { time: moment(restored) })]),
  ].join(' · ');
}
