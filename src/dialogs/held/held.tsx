import { Button, Checkbox, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../agent/api/routes.ts';
import { useAnswer, useDeed } from '../app/ask.ts';
import { currentLanguage } from '../app/language.ts';
import { agent } from '../app/live.tsx';
import { FailureBar, Notice } from '../app/told.tsx';
import { Waiting } from '../app/waiting.tsx';
import { reader } from '../app/when.ts';
import { CloseButton, Window } from '../app/window.tsx';
import { Conflict } from './conflict.tsx';

type Row = Answer<'held'>[number];
type Decision = 'apply' | 'undo' | 'server' | 'outlook';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  row: {
    display: 'flex',
    alignItems: 'flex-start',
    columnGap: '4px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    contentVisibility: 'auto',
  },
  words: { padding: '6px 0', minWidth: 0, flexGrow: 1, overflowWrap: 'anywhere' },
  why: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** Deletions the guard holds and conflicts that were left to the user: each is decided here, one by one or many at once. */
export function Held() {
  const { t } = useTranslation();
  const styles = useStyles();
  const { answer: rows, failure, loading, again } = useAnswer('held', { language: currentLanguage() }, ['held']);
  // Asks both sides; the list need not wait for it.
  const both = useAnswer('conflicts', reader(), ['held']);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const deed = useDeed();
  const waiting = rows?.filter(({ decision }) => decision === null) ?? [];
  const picked = waiting.filter((row) => chosen.has(idOf(row)));
  const all = waiting.length > 0 && picked.length === waiting.length;
  const conflicts = picked.length > 0 && picked.every(isConflict);
  const deletions = picked.length > 0 && !picked.some(isConflict);
  const decide = async (decision: Decision, what: readonly Row[] = picked) => {
    const told = what.map(({ pair, key }) => ({ pair, key }));
    if (await deed.run(() => agent.post('held/decide', { rows: told, decision }))) setChosen(new Set());
    again();
  };
  const choose = (row: Row, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(idOf(row));
    else next.delete(idOf(row));
    setChosen(next);
  };
  return (
    <Window
      wide
      title={t('held.title')}
      intro={t('held.intro')}
      buttons={
        <>
          {deed.busy && <Spinner size="tiny" label={t('saving')} />}
          <CloseButton />
          {conflicts ? (
            <>
              <Button disabled={deed.busy} onClick={() => void decide('outlook')}>
                {t('held.outlook')}
              </Button>
              <Button disabled={deed.busy} onClick={() => void decide('server')}>
                {t('held.server')}
              </Button>
            </>
          ) : (
            <>
              <Button disabled={deed.busy || !deletions} onClick={() => void decide('apply')}>
                {t('held.apply')}
              </Button>
              <Button appearance="primary" disabled={deed.busy || !deletions} onClick={() => void decide('undo')}>
                {t('held.undo')}
              </Button>
            </>
          )}
        </>
      }
    >
      <FailureBar failure={deed.failure ?? failure ?? both.failure} />
      {rows === undefined && loading && <Waiting />}
      {rows?.length === 0 && <Notice intent="success">{t('held.none')}</Notice>}
      {rows !== undefined && rows.length > 0 && (
        <>
          <Checkbox
            checked={all ? true : picked.length > 0 ? 'mixed' : false}
            disabled={waiting.length === 0}
            label={t('held.all', { count: waiting.length })}
            onChange={(_event, { checked }) => setChosen(new Set(checked === true ? waiting.map(idOf) : []))}
          />
          <ul className={styles.list} aria-label={t('held.title')}>
            {rows.map((row) => (
              <li key={idOf(row)} className={styles.row}>
                <Checkbox
                  checked={row.decision === null && chosen.has(idOf(row))}
                  disabled={row.decision !== null}
                  aria-label={`${row.title} (${row.folder})`}
                  onChange={(_event, { checked }) => choose(row, checked === true)}
                />
                <div className={styles.words}>
                  {row.title}
                  <div className={styles.why}>
                    {row.folder} · {row.why}
                    {row.decision !== null && ` · ${t(`held.decided.${row.decision}`)}`}
                  </div>
                  {row.decision === null && isConflict(row) && (
                    <Conflict
                      title={row.title}
                      values={both.answer?.find((values) => idOf(values) === idOf(row))}
                      busy={deed.busy}
                      onKeep={(side) => void decide(side, [row])}
                    />
                  )}
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </Window>
  );
}

function idOf({ pair, key }: Pick<Row, 'pair' | 'key'>): string {
  return JSON.stringify([pair, key]);
}

/** P8 leaves both sides as they are; everything else that waits for the user is a deletion that the guard holds. */
function isConflict({ rule }: Row): boolean {
  return rule === 'P8';
}
