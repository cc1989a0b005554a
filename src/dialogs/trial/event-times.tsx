import { Field, Input, makeStyles, Switch } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { Times } from './times.ts';

const useStyles = makeStyles({
  pair: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(180px, 1fr))', gap: '10px' },
  box: { minWidth: 0, '& input': { minWidth: 0, width: '100%' } },
});

export type EventTimesProps = {
  readonly times: Times;
  readonly invalid: boolean;
  /** Whether days can be chosen, or times of day alone. */
  readonly days: boolean;
  readonly onChange: (times: Times) => void;
};

/** Start, end, and whether it lasts all day. Moving the start takes the end along. */
export function EventTimes({ times, invalid, days, onChange }: EventTimesProps) {
  const { t } = useTranslation('trial');
  const styles = useStyles();
  const set = (part: Partial<Times>) => onChange(together(times, { ...times, ...part }));
  const { allDay } = times;
  const missing = [times.startDate, times.endDate, ...(allDay ? [] : [times.startTime, times.endTime])].includes('');
  const fault = invalid ? { validationMessage: t(missing ? 'form.startMissing' : 'form.endBefore') } : {};
  return (
    <>
      <Switch label={t('form.allDay')} checked={allDay} onChange={(_event, { checked }) => set({ allDay: checked })} />
      <div className={styles.pair}>
        {days && (
          <Field label={t('form.startDate')}>
            <Input
              className={styles.box}
              type="date"
              value={times.startDate}
              onChange={(_event, { value }) => set({ startDate: value })}
            />
          </Field>
        )}
        {!allDay && (
          <Field label={t('form.startTime')}>
            <Input
              className={styles.box}
              type="time"
              value={times.startTime}
              onChange={(_event, { value }) => set({ startTime: value })}
            />
          </Field>
        )}
        {days && (
          <Field label={t('form.endDate')} {...fault}>
            <Input
              className={styles.box}
              type="date"
              value={times.endDate}
              onChange={(_event, { value }) => set({ endDate: value })}
            />
          </Field>
        )}
        {!allDay && (
          <Field label={t('form.endTime')} {...(days ? {} : fault)}>
            <Input
              className={styles.box}
              type="time"
              value={times.endTime}
              onChange={(_event, { value }) => set({ endTime: value })}
            />
          </Field>
        )}
      </div>
    </>
  );
}

/** The end as far behind the start as it was. */
function together(before: Times, after: Times): Times {
  const at = ({ startDate, startTime }: Times) => Date.parse(`${startDate}T${startTime}Z`);
  const moved = at(after) - at(before);
  const end = Date.parse(`${before.endDate}T${before.endTime}Z`);
  if (!Number.isFinite(moved) || !Number.isFinite(end) || moved === 0) return after;
  const shifted = new Date(end + moved).toISOString();
  return { ...after, endDate: shifted.slice(0, 10), endTime: shifted.slice(11, 16) };
}
