import { useTranslation } from 'react-i18next';
import type { Answer } from '../../agent/api/routes.ts';
import { Notice } from '../app/told.tsx';
import { Lines } from '../synchronize/lines.tsx';

/** What was taken out of Outlook, and what was not. */
export function WhatStayed({ folders }: { folders: Answer<'reset'> }) {
  const { t } = useTranslation();
  const sum = (what: 'removed' | 'stayed') => folders.reduce((total, folder) => total + folder[what], 0);
  const kept = folders.flatMap(({ name, kept: lines }) => lines.map((line) => ({ folder: name, line })));
  return (
    <>
      <Notice intent={sum('stayed') + kept.length === 0 ? 'success' : 'warning'}>
        {t('options.resetDone', { count: sum('removed') })}
        {sum('stayed') > 0 && ` ${t('options.resetStayed', { count: sum('stayed') })}`}
        {kept.length > 0 && ` ${t('options.resetKept')}`}
      </Notice>
      {kept.length > 0 && <Lines lines={kept} />}
    </>
  );
}
