import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../agent/api/routes.ts';
import { Question } from '../app/question.tsx';
import { Section } from '../app/section.tsx';
import { Notice } from '../app/told.tsx';
import { moment } from '../app/when.ts';

type State = Answer<'import'>;

/** The last import from files, which can be taken back. */
export function LastImport({ last, disabled, onUndo }: { last: State['last']; disabled: boolean; onUndo: () => void }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  if (last === null) return null;
  const { at, sources, items } = last;
  return (
    <>
      <Notice>
        <div>{t('import.last', { count: items, time: moment(at), names: sources.join(', ') })}</div>
        <Button size="small" disabled={disabled} onClick={() => setAsking(true)}>
          {t('import.undo')}
        </Button>
      </Notice>
      {asking && (
        <Question
          title={t('import.undoTitle')}
          yes={t('import.undo')}
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false);
            onUndo();
          }}
        >
          {t('import.undoQuestion', { count: items, names: sources.join(', ') })}
        </Question>
      )}
    </>
  );
}

/** What became of an import that was taken back. */
export function Undone({ undone }: { undone: NonNullable<State['undone']> }) {
  const { t } = useTranslation();
  const { outcome, removed, changed, gone, failed, stay } = undone;
  const words = [
    t('import.undone', { count: removed }),
    ...(changed > 0 ? [t('import.changed', { count: changed })] : []),
    ...(gone > 0 ? [t('import.gone', { count: gone })] : []),
    ...(failed > 0 ? [t('import.failed', { count: failed })] : []),
  ];
  return (
    <>
      {outcome === 'cancelled' && <Notice intent="warning">{t('import.undoCancelled')}</Notice>}
      <Notice intent={changed + failed > 0 ? 'warning' : 'success'}>{words.join(' ')}</Notice>
      {stay.length > 0 && (
        <Section title={t('import.stay')}>
          <ul aria-label={t('import.stay')}>
            {stay.map(({ title, reason }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows never move, and two may be the same in every word
              <li key={at}>
                {title || t('import.untitled')} · {reason ?? t('import.changedSince')}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
