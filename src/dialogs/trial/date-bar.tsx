/** Which days both calendars show. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronLeftRegular, ChevronRightRegular } from '@fluentui/react-icons';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../app/language.ts';
import { VIEWS, type View } from './calendar.tsx';
import { further, spanOf, today } from './span.ts';
import { Tabs } from './tabs.tsx';
import { dayPlus } from './times.ts';

const useStyles = makeStyles({
  whole: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px' },
  title: { minWidth: '11em', padding: '0 8px', fontWeight: tokens.fontWeightSemibold },
});

export type DateBarProps = {
  readonly view: View;
  readonly date: string;
  readonly onView: (view: View) => void;
  readonly onDate: (date: string) => void;
};

export function DateBar({ view, date, onView, onDate }: DateBarProps) {
  const { t } = useTranslation('trial');
  const styles = useStyles();
  return (
    <div className={styles.whole}>
      <Button size="small" onClick={() => onDate(today())}>
        {t('today')}
      </Button>
      <Button
        size="small"
        appearance="subtle"
        icon={<ChevronLeftRegular />}
        aria-label={t('previous')}
        onClick={() => onDate(further(view, date, -1))}
      />
      <Button
        size="small"
        appearance="subtle"
        icon={<ChevronRightRegular />}
        aria-label={t('next')}
        onClick={() => onDate(further(view, date, 1))}
      />
      <span className={styles.title}>{titleOf(view, date)}</span>
      <Tabs
        label={t('views')}
        chosen={view}
        onChoose={onView}
        tabs={VIEWS.map((one) => [one, t(`view.${one}`)] as const)}
      />
    </div>
  );
}

function titleOf(view: View, date: string): string {
  const day = (text: string) => new Date(`${text}T00:00:00Z`);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(currentLanguage() === 'fr' ? 'fr' : 'en-GB', { timeZone: 'UTC', ...options });
  if (view === 'dayGridMonth') return format({ month: 'long', year: 'numeric' }).format(day(date));
  if (view === 'timeGridDay') return format({ weekday: 'long', day: 'numeric', month: 'long' }).format(day(date));
  const { from, to } = spanOf(view, date);
  return format({ day: 'numeric', month: 'short', year: 'numeric' }).formatRange(day(from), day(dayPlus(to, -1)));
}
