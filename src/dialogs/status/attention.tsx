import { useTranslation } from 'react-i18next';
import { useAnswer } from '../app/ask.ts';
import { Section, Table } from '../app/section.tsx';
import { FailureBar } from '../app/told.tsx';
import { reader } from '../app/when.ts';

const MOST = 100;

/** Items that are not kept in step, each with the reason. */
export function Attention() {
  const { t } = useTranslation();
  const { answer, failure } = useAnswer('attention', reader(), ['runs', 'items', 'held']);
  if (failure) return <FailureBar failure={failure} />;
  // Birthdays that Outlook made by itself are no matter of the user's.
  const items = answer?.filter(({ reason }) => reason !== 'birthday') ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={t('status.attention', { count: items.length })}>
      <Table
        heads={[t('status.item'), t('status.folder'), t('status.reason')]}
        rows={items.slice(0, MOST).map(({ title, when, folder, why }, at) => ({
          key: `${at} ${title}`,
          cells: [when === '' ? title : `${title} (${when})`, folder, why],
        }))}
      />
    </Section>
  );
}
