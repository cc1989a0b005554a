/** Taking in what was there before: from Outlook, or from files. First a look, then the import of what was seen. */
import { Button, Field, makeStyles, ProgressBar, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Input } from '../../agent/api/routes.ts';
import { useAnswer, useDeed } from '../app/ask.ts';
import { agent } from '../app/live.tsx';
import { FailureBar } from '../app/told.tsx';
import { Waiting } from '../app/waiting.tsx';
import { reader } from '../app/when.ts';
import { CloseButton, Window } from '../app/window.tsx';
import { useDropping } from './dropping.ts';
import { Files } from './files.tsx';
import { countOf, ReportView } from './report.tsx';
import { type Sending, sendFiles } from './send-files.ts';
import { LastImport, Undone } from './undo.tsx';

type What = Input<'import/look'>['what'];
type State = Answer<'import'>;
type Container = Answer<'containers'>[number];

const useStyles = makeStyles({
  result: { display: 'flex', flexDirection: 'column', rowGap: '16px', flexShrink: 0 },
});

export function Import() {
  const { t } = useTranslation();
  const styles = useStyles();
  const { answer: state, failure, again } = useAnswer('import', {}, ['import']);
  const calendars = useAnswer('containers', { kind: 'calendar' }, ['subscriptions']);
  const books = useAnswer('containers', { kind: 'addressbook' }, ['subscriptions']);
  const deed = useDeed();
  const [what, setWhat] = useState<What>();
  const [into, setInto] = useState<{ readonly calendar?: string; readonly book?: string }>({});
  const [seen, setSeen] = useState('');
  const sending = useSending(again);
  // What was told before other files came is not about them.
  const [stale, setStale] = useState(false);
  const give = (files: readonly File[]) => {
    setWhat('files');
    setStale(true);
    sending.send(files);
  };
  const isBusy = state === undefined || WORKING.has(state.state) || sending.now !== undefined;
  const over = useDropping(!isBusy, give);
  const result = useShown(state);
  const title = t('import.title');
  if (state === undefined || calendars.answer === undefined || books.answer === undefined) {
    return (
      <Window title={title}>
        <FailureBar failure={failure ?? calendars.failure ?? books.failure} />
        {failure === undefined && <Waiting />}
      </Window>
    );
  }
  const chosen = what ?? state.what ?? 'outlook';
  const places = (all: readonly Container[]) =>
    all.filter(({ access, subscribed }) => access === 'R/W' && (chosen === 'files' || subscribed));
  const targets = { calendar: places(calendars.answer), book: places(books.answer) };
  const calendar = into.calendar ?? targets.calendar[0]?.uid ?? '';
  const book = into.book ?? targets.book[0]?.uid ?? '';
  const wish = { what: chosen, ...(calendar && { calendar }), ...(book && { book }) };
  const key = JSON.stringify([wish, state.files.map(({ file }) => file)]);
  const working = WORKING.has(state.state);
  const ready =
    !working &&
    sending.now === undefined &&
    (calendar !== '' || book !== '') &&
    (chosen === 'outlook' || state.files.length > 0);
  const fresh = state.state === 'looked' && state.report !== null && seen === key && state.report.outcome === 'done';
  const many = fresh && state.report !== null ? countOf(state.report, 'new') : 0;
  const begin = async (route: 'import/look' | 'import/take') => {
    await deed.run(() => agent.post(route, { ...wish, ...reader() }));
    setSeen(key);
    setStale(false);
    again();
  };
  const submit = () => {
    if (ready && many > 0) void begin('import/take');
    else if (ready) void begin('import/look');
  };
  const undo = (id: string) => void deed.run(() => agent.post('import/undo', { id })).then(again);
  const forget = () => void deed.run(() => agent.post('import/forget', {})).then(again);
  return (
    <Window
      title={title}
      intro={t('import.intro')}
      onSubmit={submit}
      buttons={
        <>
          {(working || sending.now !== undefined) && (
            <Button
              disabled={state.cancelling}
              onClick={() => (working ? void deed.run(() => agent.post('import/cancel', {})) : sending.stop())}
            >
              {state.cancelling ? t('import.cancelling') : t('cancel')}
            </Button>
          )}
          <CloseButton />
          <Button type="submit" appearance="primary" disabled={!ready || deed.busy}>
            {many > 0 ? t('import.take', { count: many }) : t('import.look')}
          </Button>
        </>
      }
    >
      <FailureBar failure={deed.failure ?? sending.failure ?? failure ?? state.failure} />
      {!working && (
        <>
          <Field label={t('import.whatFrom')}>
            <RadioGroup value={chosen} onChange={(_event, { value }) => setWhat(value as What)}>
              <Radio value="outlook" label={t('import.fromOutlook')} />
              <Radio value="files" label={t('import.fromFiles')} />
            </RadioGroup>
          </Field>
          {chosen === 'files' && (
            <Files
              files={state.files}
              disabled={sending.now !== undefined}
              over={over}
              onFiles={give}
              onClear={forget}
            />
          )}
          <Place
            label={t('import.calendar')}
            value={calendar}
            places={targets.calendar}
            onChange={(uid) => setInto({ ...into, calendar: uid })}
          />
          <Place
            label={t('import.book')}
            value={book}
            places={targets.book}
            onChange={(uid) => setInto({ ...into, book: uid })}
          />
        </>
      )}
      <Course state={state} sending={sending.now} />
      {!working && !stale && state.report !== null && state.what === chosen && (
        <section ref={result} className={styles.result} aria-label={t('import.result')}>
          <ReportView report={state.report} taken={state.state === 'taken'} />
        </section>
      )}
      {!stale && state.undone !== null && <Undone undone={state.undone} />}
      {!working && chosen === 'files' && (
        <LastImport last={state.last} disabled={deed.busy} onUndo={() => undo(state.last?.id ?? '')} />
      )}
    </Window>
  );
}

/** Brings the result into view when there is one: what was asked for lies below what was chosen. */
function useShown(state: State | undefined) {
  const result = useRef<HTMLElement>(null);
  const working = state === undefined ? undefined : WORKING.has(state.state);
  const before = useRef(working);
  useEffect(() => {
    if (before.current === true && working === false) result.current?.scrollIntoView({ block: 'start' });
    before.current = working;
  }, [working]);
  return result;
}

const WORKING: ReadonlySet<State['state']> = new Set(['looking', 'taking', 'undoing']);
const WORDS = { looking: 'import.looking', taking: 'import.taking', undoing: 'import.undoing' } as const;

type PlaceProps = {
  readonly label: string;
  readonly value: string;
  readonly places: readonly Container[];
  readonly onChange: (uid: string) => void;
};

function Place({ label, value, places, onChange }: PlaceProps) {
  const { t } = useTranslation();
  return (
    <Field label={label}>
      <Select value={value} onChange={(_event, data) => onChange(data.value)}>
        {places.map(({ uid, name, owner }) => (
          <option key={uid} value={uid}>
            {owner === '' ? name : `${name} (${owner})`}
          </option>
        ))}
        <option value="">{t('import.nowhere')}</option>
      </Select>
    </Field>
  );
}

/** How far it is, told to those who listen as well. */
function Course({ state, sending }: { state: State; sending: Sending | undefined }) {
  const { t } = useTranslation();
  if (sending !== undefined) {
    return (
      <Field label={t('import.sending', { name: sending.name })}>
        <ProgressBar thickness="large" value={sending.size === 0 ? 1 : sending.sent / sending.size} />
      </Field>
    );
  }
  if (state.state !== 'looking' && state.state !== 'taking' && state.state !== 'undoing') return null;
  const { progress } = state;
  return (
    <section aria-live="polite">
      <Field
        label={t(WORDS[state.state], { name: progress?.source ?? '' })}
        hint={progress === null ? '' : t('import.items', { count: progress.items })}
      >
        <ProgressBar thickness="large" {...(progress === null ? {} : { value: progress.share })} />
      </Field>
    </section>
  );
}

/** Handing files over, one batch at a time. */
function useSending(done: () => void) {
  const [now, setNow] = useState<Sending>();
  const { failure, run } = useDeed();
  const stopped = useRef<AbortController>(undefined);
  const send = (files: readonly File[]) => {
    if (files.length === 0) return;
    const stop = new AbortController();
    stopped.current = stop;
    setNow({ name: files[0]?.name ?? '', sent: 0, size: 1 });
    void run(() => sendFiles(files, { signal: stop.signal, onSent: setNow }))
      .then(() => (stop.signal.aborted ? run(() => agent.post('import/forget', {})) : undefined))
      .finally(() => {
        setNow(undefined);
        done();
      });
  };
  return { now, failure, send, stop: () => stopped.current?.abort() };
}
