import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../agent/api/routes.ts';
import { useDeed } from '../app/ask.ts';
import { currentLanguage } from '../app/language.ts';
import { agent } from '../app/live.tsx';
import { Question } from '../app/question.tsx';
import { FailureBar } from '../app/told.tsx';
import { type UnsentChoice, UnsentQuestion } from '../options/unsent.tsx';
import { WhatStayed } from '../options/what-stayed.tsx';

/** Disconnects, and asks what becomes of what the connector has put in Outlook. */
export function Leaving({ onEnd }: { onEnd: () => void }) {
  const { t } = useTranslation();
  const [outlook, setOutlook] = useState<'keep' | 'remove'>('keep');
  const [unsent, setUnsent] = useState<UnsentChoice>('send');
  const [stayed, setStayed] = useState<Answer<'account/disconnect'>>();
  const { busy, failure, run } = useDeed();
  const leave = async () => {
    const asked = { outlook, language: currentLanguage(), ...(outlook === 'remove' && { unsent }) };
    const done = await run(() => agent.post('account/disconnect', asked));
    if (done?.disconnected) onEnd();
    else setStayed(done);
  };
  return (
    <Question
      title={t('connect.disconnectTitle')}
      yes={t('connect.disconnectYes')}
      busy={busy}
      onYes={() => void leave()}
      onNo={onEnd}
    >
      <FailureBar failure={failure} />
      {stayed && <WhatStayed folders={stayed.folders} />}
      <Field label={t('connect.disconnectText')}>
        <RadioGroup
          value={outlook}
          onChange={(_event, { value }) => setOutlook(value === 'remove' ? 'remove' : 'keep')}
        >
          <Radio value="keep" label={t('connect.disconnectKeep')} />
          <Radio value="remove" label={t('connect.disconnectRemove')} />
        </RadioGroup>
      </Field>
      {outlook === 'remove' && <UnsentQuestion choice={unsent} onChoice={setUnsent} />}
    </Question>
  );
}
