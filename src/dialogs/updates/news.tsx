import { useTranslation } from 'react-i18next';
import { useAnswer } from '../app/ask.ts';
import { currentLanguage } from '../app/language.ts';
import { Section } from '../app/section.tsx';
import { FailureBar } from '../app/told.tsx';

/** What's new in the versions up to the installed one. */
export function News() {
  const { t } = useTranslation();
  const { answer, failure } = useAnswer('news', { language: currentLanguage() });
  if (failure) return <FailureBar failure={failure} />;
  return (
    <>
      {answer?.map(({ version, date, lines }) => (
        <Section key={version} title={t('updates.news', { version })} {...(date !== '' && { text: day(date) })}>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Section>
      ))}
    </>
  );
}

function day(date: string): string {
  return new Date(date).toLocaleDateString(currentLanguage(), { dateStyle: 'long', timeZone: 'UTC' });
}
