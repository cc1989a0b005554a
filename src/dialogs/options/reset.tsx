import { Button, makeStyles, Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../agent/api/routes.ts';
import { useDeed } from '../app/ask.ts';
import { currentLanguage } from '../app/language.ts';
import { agent } from '../app/live.tsx';
import { Question } from '../app/question.tsx';
import { Section } from '../app/section.tsx';
import { FailureBar } from '../app/told.tsx';
import { Lines } from '../synchronize/lines.tsx';
import { type UnsentChoice, UnsentQuestion } from './unsent.tsx';
import { WhatStayed } from './what-stayed.tsx';

const useStyles = makeStyles({ unsent: { maxHeight: '200px', overflowY: 'auto' } });

/** Takes out of Outlook what the connector has put there; what is not sent yet is shown first. */
export function Reset() {
  const { t } = useTranslation();
  const styles = useStyles();
  const [looked, setLooked] = useState<Answer<'reset/look'>>();
  const [unsent, setUnsent] = useState<UnsentChoice>('send');
  const [done, setDone] = useState<Answer<'reset'>>();
  const { busy, failure, run } = useDeed();
  const look = async () => {
    setDone(undefined);
    setLooked(await run(() => agent.post('reset/look', { language: currentLanguage() })));
  };
  const reset = async () => {
    const what = await run(() => agent.post('reset', { unsent, language: currentLanguage() }));
    setLooked(undefined);
    setDone(what);
  };
  const lines = looked?.flatMap(({ name, unsent: own }) => own.map((line) => ({ folder: name, line }))) ?? [];
  const items = looked?.reduce((sum, folder) => sum + folder.items, 0) ?? 0;
  return (
    <Section title={t('options.reset')} text={t('options.resetText')}>
      {looked === undefined && <FailureBar failure={failure} />}
      {done && <WhatStayed folders={done} />}
      <div>
        <Button disabled={busy} onClick={() => void look()}>
          {t('options.resetLook')}
        </Button>
        {busy && looked === undefined && <Spinner size="tiny" label={t('loading')} />}
      </div>
      {looked && (
        <Question
          title={t('options.resetTitle')}
          yes={t('options.resetYes')}
          busy={busy}
          onYes={() => void reset()}
          onNo={() => setLooked(undefined)}
        >
          <FailureBar failure={failure} />
          <p>{t('options.resetItems', { count: items })}</p>
          <ul>
            {looked.map(({ name, items: count }) => (
              <li key={name}>{t('options.resetFolder', { name, count })}</li>
            ))}
          </ul>
          {lines.length > 0 && (
            <>
              <p>{t('options.unsent', { count: lines.length })}</p>
              <div className={styles.unsent}>
                <Lines lines={lines} />
              </div>
              <UnsentQuestion choice={unsent} onChoice={setUnsent} />
            </>
          )}
        </Question>
      )}
    </Section>
  );
}
