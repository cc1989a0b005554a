/** One side: its folders and what is in the chosen one, with everything that a person does there. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeed } from '../app/ask.ts';
import { FailureBar } from '../app/told.tsx';
import { Calendar } from './calendar.tsx';
import { type Contact, type Folder, type Occurrence, type Place, type SideName, trial, useTrial } from './client.ts';
import { ContactDialog, type ContactTarget } from './contact-form.tsx';
import { Contacts } from './contacts.tsx';
import { DeleteQuestion, type Doomed } from './delete-question.tsx';
import { EventDialog, type EventTarget } from './event-form.tsx';
import { Folders } from './folders.tsx';
import { Ribbon } from './ribbon.tsx';
import type { Span } from './span.ts';
import { dayPlus, type Moments } from './times.ts';

const useStyles = makeStyles({
  pane: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: '8px',
    minWidth: 0,
    minHeight: 0,
    padding: '12px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  hint: {
    color: tokens.colorNeutralForeground2,
    fontWeight: tokens.fontWeightRegular,
    fontSize: tokens.fontSizeBase200,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: '8px',
    justifyContent: 'space-between',
  },
});

export type PaneProps = {
  readonly side: SideName;
  readonly kind: Folder['kind'];
  readonly span: Span;
  readonly folders: readonly Folder[];
  readonly chosen: Folder | undefined;
  readonly onChoose: (id: string) => void;
};

export function Pane(props: PaneProps) {
  const { side, kind, folders, chosen, onChoose } = props;
  const { t } = useTranslation('trial');
  const styles = useStyles();
  const [making, setMaking] = useState(0);
  const make = t(kind === 'calendar' ? 'newEvent' : 'newContact');
  const writable = chosen?.access === 'R/W';
  const onMake = () => setMaking(making + 1);
  return (
    <section className={styles.pane} aria-label={t(`sides.${side}`)}>
      <div className={styles.head}>
        <h2 className={styles.title}>
          {t(`sides.${side}`)} <span className={styles.hint}>{t(`sideHints.${side}`)}</span>
        </h2>
        {side === 'server' && (
          <Button size="small" disabled={!writable} onClick={onMake}>
            {make}
          </Button>
        )}
      </div>
      {side === 'outlook' && <Ribbon {...{ make, onMake }} makes={writable} />}
      <Folders {...{ side, kind, chosen, onChoose }} folders={folders.filter((folder) => folder.kind === kind)} />
      {chosen !== undefined &&
        (kind === 'calendar' ? (
          <CalendarPane key={chosen.id} {...props} chosen={chosen} making={making} />
        ) : (
          <ContactsPane key={chosen.id} {...props} chosen={chosen} making={making} />
        ))}
    </section>
  );
}

type Shown = PaneProps & { readonly chosen: Folder; readonly making: number };

/** Where the person may put what lies in the chosen folder. */
function othersOf({ folders, chosen }: Shown): readonly Folder[] {
  return folders.filter(({ id, kind, access }) => id !== chosen.id && kind === chosen.kind && access === 'R/W');
}

function CalendarPane(props: Shown) {
  const { side, span, chosen, making } = props;
  const others = othersOf(props);
  const place: Place = { side, folder: chosen.id };
  const { answer, failure } = useTrial('trial/events', { ...place, from: span.from, to: span.to }, ['items']);
  const [target, setTarget] = useState<EventTarget>();
  const [doomed, setDoomed] = useState<Doomed>();
  const writable = chosen.access === 'R/W';
  const deed = useDeed();
  const [turn, setTurn] = useState(0);
  useMaking(making, () => setTarget({ place, item: undefined, moments: nextHour(span.date), writable, others }));
  const move = async (row: Occurrence, to: Moments) => {
    const one = { ...place, item: row.item, ...(row.at === null ? {} : { at: row.at }) };
    // What was refused goes back to where it was.
    if ((await deed.run(() => trial.post('trial/events/edit', { ...one, ...to }))) === undefined) setTurn(turn + 1);
  };
  return (
    <>
      <FailureBar failure={deed.failure ?? failure} />
      <Calendar
        key={turn}
        rows={answer ?? []}
        view={span.view}
        date={span.date}
        editable={writable}
        onOpen={(row) => setTarget({ place, item: { id: row.item, at: row.at }, moments: row, writable, others })}
        onNew={(moments) => setTarget({ place, item: undefined, moments, writable, others })}
        onMove={(row, to) => void move(row, to)}
        onDelete={(row) => setDoomed({ place, item: row.item, at: row.at, title: row.title })}
      />
      {target !== undefined && <EventDialog target={target} onClose={() => setTarget(undefined)} />}
      {doomed !== undefined && <DeleteQuestion doomed={doomed} onClose={() => setDoomed(undefined)} />}
    </>
  );
}

function ContactsPane(props: Shown) {
  const { side, chosen, making } = props;
  const others = othersOf(props);
  const place: Place = { side, folder: chosen.id };
  const { answer, failure } = useTrial('trial/contacts', place, ['items']);
  const [target, setTarget] = useState<ContactTarget>();
  const [doomed, setDoomed] = useState<Doomed>();
  const writable = chosen.access === 'R/W';
  useMaking(making, () => setTarget({ place, contact: undefined, writable, others }));
  return (
    <>
      <FailureBar failure={failure} />
      <Contacts
        rows={answer ?? []}
        editable={writable}
        onOpen={(contact: Contact) => setTarget({ place, contact, writable, others })}
        onDelete={({ item, name }) => setDoomed({ place, item, at: null, title: name })}
      />
      {target !== undefined && <ContactDialog target={target} onClose={() => setTarget(undefined)} />}
      {doomed !== undefined && <DeleteQuestion doomed={doomed} onClose={() => setDoomed(undefined)} />}
    </>
  );
}

/** Calls back when the button that makes something was pressed once more. */
function useMaking(making: number, make: () => void): void {
  const [seen, setSeen] = useState(making);
  if (seen === making) return;
  setSeen(making);
  make();
}

/** An hour from the next full one on today, still today, or from nine on another day. */
function nextHour(date: string): Moments {
  const now = new Date();
  const start = new Date(`${date}T09:00`);
  if (start.toDateString() === now.toDateString()) start.setHours(Math.min(now.getHours() + 1, 23));
  const end = new Date(start.getTime() + 3_600_000);
  return Number.isNaN(start.getTime())
    ? { allDay: true, start: date, end: dayPlus(date, 1) }
    : { allDay: false, start: start.toISOString(), end: end.toISOString() };
}
