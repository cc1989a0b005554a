/** The form of an appointment: a new one, one that is there, one occurrence of a series, or the whole series. */
import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
  Textarea,
} from '@fluentui/react-components';
import { type SubmitEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventForm } from '../../agent/api/trial-routes.ts';
import { useDeed } from '../app/ask.ts';
import { FailureBar } from '../app/told.tsx';
import { Waiting } from '../app/waiting.tsx';
import { type Folder, type Place, trial } from './client.ts';
import { EventTimes } from './event-times.tsx';
import { MoveMenu } from './move-menu.tsx';
import { type Moments, momentsOf, type Times, timesOf } from './times.ts';

export type EventTarget = {
  readonly place: Place;
  /** Undefined: a new one, at these times. */
  readonly item: { readonly id: string; readonly at: string | null } | undefined;
  readonly moments: Moments;
  readonly writable: boolean;
  /** Folders that it may be moved to. */
  readonly others: readonly Folder[];
};

type Draft = Omit<EventForm, 'start' | 'end' | 'allDay'> & { readonly times: Times };

const NEW: Omit<Draft, 'times'> = {
  title: '',
  location: '',
  text: '',
  repeats: 'never',
  until: null,
  reminder: 15,
  busy: 'busy',
  private: false,
};

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: '10px',
    margin: 0,
    padding: 0,
    border: 'none',
    minWidth: 0,
  },
  pair: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))', gap: '10px' },
});

export function EventDialog({ target, onClose }: { target: EventTarget; onClose: () => void }) {
  const { t } = useTranslation('trial');
  const { t: common } = useTranslation();
  const { place, item, writable, others } = target;
  const [whole, setWhole] = useState(false);
  const at = whole ? undefined : (item?.at ?? undefined);
  const { draft, setDraft, attendees, loading, asking } = useDraft(target, at);
  const deed = useDeed();
  const [tried, setTried] = useState(false);
  const moments = draft && momentsOf(draft.times);
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (draft === undefined || moments === undefined || !writable) return;
    const { times: _, ...rest } = draft;
    const said = { ...place, ...rest, ...moments };
    const done = await deed.run(() =>
      item === undefined
        ? trial.post('trial/events/make', said)
        : trial.post('trial/events/edit', editOf(said, item.id, at)),
    );
    if (done !== undefined) onClose();
  };
  const remove = async () => {
    if (item === undefined) return;
    const one = { ...place, item: item.id, ...(at === undefined ? {} : { at }) };
    if ((await deed.run(() => trial.post('trial/delete', one))) !== undefined) onClose();
  };
  return (
    <Dialog open onOpenChange={(_event, { open }) => open || onClose()}>
      <DialogSurface>
        <form onSubmit={(event) => void save(event)} noValidate>
          <DialogBody>
            <DialogTitle>{t(item === undefined ? 'form.newEvent' : 'form.event')}</DialogTitle>
            <DialogContent>
              <FailureBar failure={deed.failure ?? asking} />
              {item?.at != null && (
                <Field label={t('form.which')} hint={whole ? t('form.seriesHint') : null}>
                  <RadioGroup
                    layout="horizontal"
                    value={whole ? 'series' : 'one'}
                    onChange={(_event, { value }) => setWhole(value === 'series')}
                  >
                    <Radio value="one" label={t('form.occurrence')} />
                    <Radio value="series" label={t('form.series')} />
                  </RadioGroup>
                </Field>
              )}
              {draft === undefined && asking === undefined && <Waiting />}
              {draft !== undefined && (
                <Fields
                  {...{ draft, setDraft, attendees, loading }}
                  invalid={tried && moments === undefined}
                  repeating={item === undefined || at === undefined}
                  days={!(whole && item?.at != null)}
                />
              )}
            </DialogContent>
            <DialogActions fluid>
              {item !== undefined && at === undefined && (
                <MoveMenu
                  {...{ place, others }}
                  item={item.id}
                  disabled={deed.busy || !writable}
                  onMove={(move) => void deed.run(move).then((done) => done !== undefined && onClose())}
                />
              )}
              {item !== undefined && (
                <Button disabled={deed.busy || !writable} onClick={() => void remove()}>
                  {t('delete')}
                </Button>
              )}
              <Button onClick={onClose}>{common('cancel')}</Button>
              <Button
                type="submit"
                appearance="primary"
                disabled={deed.busy || !writable || loading || draft === undefined}
              >
                {common('save')}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

/** An occurrence has no rule of its own. */
function editOf<F extends Place & EventForm>({ repeats, until, ...said }: F, item: string, at: string | undefined) {
  return at === undefined ? { ...said, item, repeats, until } : { ...said, item, at };
}

function useDraft({ place, item, moments }: EventTarget, at: string | undefined) {
  const [draft, setDraft] = useState<Draft | undefined>(
    item === undefined ? { ...NEW, times: timesOf(moments) } : undefined,
  );
  const [attendees, setAttendees] = useState<readonly string[]>([]);
  const { run, busy: loading, failure: asking } = useDeed();
  const id = item?.id;
  const { side, folder } = place;
  useEffect(() => {
    if (id === undefined) return;
    let current = true;
    const one = { side, folder, item: id, ...(at === undefined ? {} : { at }) };
    void run(() => trial.get('trial/event', one)).then((answer) => {
      if (answer === undefined || !current) return;
      const { start, end, allDay, series: _, attendees: invited, ...rest } = answer;
      setAttendees(invited);
      setDraft({ ...rest, times: timesOf({ start, end, allDay }) });
    });
    return () => {
      current = false;
    };
  }, [id, side, folder, at, run]);
  return { draft, setDraft, attendees, loading, asking };
}

type FieldsProps = {
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
  readonly attendees: readonly string[];
  /** Whether something else is about to be shown: until then nothing may be typed over. */
  readonly loading: boolean;
  readonly invalid: boolean;
  /** Whether a rule can be chosen. */
  readonly repeating: boolean;
  /** Whether days can be chosen: those of a series are its rule's. */
  readonly days: boolean;
};

const RULES = ['never', 'daily', 'weekdays', 'weekly', 'monthly', 'yearly', 'other'] as const;
const BUSY = ['free', 'tentative', 'busy', 'outOfOffice', 'elsewhere'] as const;
const REMINDERS = [0, 5, 15, 30, 60, 1440] as const;

function Fields({ draft, setDraft, attendees, loading, invalid, repeating, days }: FieldsProps) {
  const { t } = useTranslation('trial');
  const styles = useStyles();
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  return (
    <fieldset className={styles.form} disabled={loading}>
      <Field label={t('form.title')}>
        <Input value={draft.title} onChange={(_event, { value }) => set({ title: value })} />
      </Field>
      <Field label={t('form.location')}>
        <Input value={draft.location} onChange={(_event, { value }) => set({ location: value })} />
      </Field>
      <EventTimes times={draft.times} invalid={invalid} days={days} onChange={(times) => set({ times })} />
      {repeating && (
        <div className={styles.pair}>
          <Field label={t('form.repeats')}>
            <Select value={draft.repeats} onChange={(_event, { value }) => set({ repeats: value as Draft['repeats'] })}>
              {RULES.filter((rule) => rule !== 'other' || draft.repeats === 'other').map((rule) => (
                <option key={rule} value={rule}>
                  {t(`form.rule.${rule}`)}
                </option>
              ))}
            </Select>
          </Field>
          {draft.repeats !== 'never' && draft.repeats !== 'other' && (
            <Field label={t('form.until')}>
              <Input
                type="date"
                value={draft.until ?? ''}
                onChange={(_event, { value }) => set({ until: value === '' ? null : value })}
              />
            </Field>
          )}
        </div>
      )}
      <div className={styles.pair}>
        <Field label={t('form.reminder')}>
          <Reminder minutes={draft.reminder} onChange={(reminder) => set({ reminder })} />
        </Field>
        <Field label={t('form.busy')}>
          <Select value={draft.busy} onChange={(_event, { value }) => set({ busy: value as Draft['busy'] })}>
            {BUSY.map((busy) => (
              <option key={busy} value={busy}>
                {t(`form.busyAs.${busy}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Checkbox
        label={t('form.private')}
        checked={draft.private}
        onChange={(_event, { checked }) => set({ private: checked === true })}
      />
      <Field label={t('form.text')}>
        <Textarea value={draft.text} resize="vertical" onChange={(_event, { value }) => set({ text: value })} />
      </Field>
      {attendees.length > 0 && <div>{t('form.attendees', { names: attendees.join(', ') })}</div>}
    </fieldset>
  );
}

function Reminder({ minutes, onChange }: { minutes: number | null; onChange: (minutes: number | null) => void }) {
  const { t } = useTranslation('trial');
  const known: readonly number[] = REMINDERS;
  const offered = minutes === null || known.includes(minutes) ? known : [...known, minutes].sort((a, b) => a - b);
  const words = (one: number) => {
    const named = REMINDERS.find((value) => value === one);
    return named === undefined ? t('form.reminders.minutes', { count: one }) : t(`form.reminders.${named}`);
  };
  return (
    <Select
      value={minutes === null ? '' : String(minutes)}
      onChange={(_event, { value }) => onChange(value === '' ? null : Number(value))}
    >
      <option value="">{t('form.reminders.none')}</option>
      {offered.map((one) => (
        <option key={one} value={one}>
          {words(one)}
        </option>
      ))}
    </Select>
  );
}
