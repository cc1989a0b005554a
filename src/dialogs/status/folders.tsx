import { useTranslation } from 'react-i18next';
import { useAnswer } from '../app/ask.ts';
import { Section, Table } from '../app/section.tsx';
import { FailureBar, sentenceOf } from '../app/told.tsx';
import { moment } from '../app/when.ts';

/** Which calendars and books there are in Outlook, and when each was last in step. */
export function Folders() {
  const { t } = useTranslation();
  const { answer, failure } = useAnswer('folders', {}, ['folders', 'runs']);
  if (failure) return <FailureBar failure={failure} />;
  if (answer === undefined || answer.length === 0) return null;
  return (
    <Section title={t('status.folders')}>
      <Table
        heads={[t('status.folder'), t('status.items'), t('status.lastRun')]}
        rows={answer.map(({ pair, name, access, items, last, failure: why }) => ({
          key: pair,
          cells: [
            access === 'R' ? `${name} (${t('subscribe.readOnly')})` : name,
            String(items),
            why ? sentenceOf(t, why) : last === null ? t('status.never') : moment(last),
          ],
        }))}
      />
    </Section>
  );
}
