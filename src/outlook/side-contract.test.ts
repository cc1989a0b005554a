import { canonicalJson, digestText } from '../base/digest.ts';
import type { OpenSide } from '../sync/testing/side-contract.ts';
import { sideContract } from '../sync/testing/side-contract.ts';
import type { EmulatorSwitches } from './emulator/switches.ts';
import { emulatedOutlook } from './emulator/testing/world.ts';
import type { Appointment } from './model/appointment.ts';
import type { OutlookContact, OutlookDistList } from './model/contact.ts';
import { openItem } from './program/item-place.ts';
import { outlookSide } from './side.ts';
import type { ItemKind, ItemRead, Tagged } from './side-kind.ts';
import { folderId } from './side-session.ts';
import { type Bench, openBench } from './testing/bench.ts';
import { PLAIN_APPOINTMENTS, PLAIN_CARDS } from './testing/plain-kinds.ts';
import { sampleAppointment, sampleContact, sampleDistList, weekly } from './testing/samples.ts';

type Card = OutlookContact | OutlookDistList;

const SUPPORTS = { guardedWrites: true, clientIds: false, deletions: 'by-listing', marks: true } as const;

/** A side over an emulator; its user works on the items past the side, with a clock that stands still unless `ticks`. */
async function opened<V extends Tagged, C, R extends ItemRead<V>>(options: {
  readonly kind: ItemKind<V, C, R>;
  readonly folder: 'calendar' | 'contacts';
  readonly switches: Partial<EmulatorSwitches>;
  readonly ticks: boolean;
  readonly store: (bench: Bench, content: C, id: string | undefined) => Promise<string>;
}): Promise<OpenSide<C>> {
  const outlook = emulatedOutlook({ switches: options.switches });
  const { executor, clock } = outlook;
  const pause = async () => clock.advance(3000);
  const bench = await openBench({ executor, pause, dispose: async () => {} }, options.folder);
  const side = outlookSide({ executor, kind: options.kind, clock });
  const tick = () => clock.advance(options.ticks ? 3000 : 0);
  return {
    side,
    folder: folderId({ entryId: bench.folderId, storeId: bench.storeId }),
    user: {
      add: async (content) => {
        tick();
        return options.store(bench, content, undefined);
      },
      edit: async (id, content) => {
        tick();
        await options.store(bench, content, id);
      },
      delete: async (id) => {
        tick();
        await bench.do((run) => {
          run.call(openItem(run, { entryId: id, storeId: bench.storeId }, 'AppointmentItem'), 'Delete');
          return [];
        });
      },
    },
    close: async () => {
      await side.close();
      outlook.close();
    },
  };
}

async function storeAppointment(bench: Bench, content: Appointment, id: string | undefined): Promise<string> {
  const before = id === undefined ? undefined : await bench.appointment(id);
  const { tags = {}, globalId = '' } = before?.snapshot.value ?? {};
  return bench.writeAppointment({ ...content, tags, globalId }, before);
}

async function storeCard(bench: Bench, content: Card, id: string | undefined): Promise<string> {
  if ('members' in content) {
    const before = id === undefined ? undefined : await bench.distList(id);
    return bench.writeDistList({ ...content, tags: before?.snapshot.value.tags ?? {} }, before);
  }
  const before = id === undefined ? undefined : await bench.contact(id);
  return bench.writeContact({ ...content, tags: before?.snapshot.value.tags ?? {} }, before);
}

const digest = (content: unknown) => digestText(canonicalJson(content));
const token = (n: number) => `token-${n}`;

for (const [name, ticks, switches] of [
  ['within one second', false, {}],
  ['as time goes by', true, { arrayOrder: 'columnRow', moveInStore: 'new', chaoticHresults: true }],
] as const) {
  sideContract<Appointment>({
    name: `Outlook’s calendar, ${name},`,
    supports: SUPPORTS,
    open: () => opened({ kind: PLAIN_APPOINTMENTS, folder: 'calendar', switches, ticks, store: storeAppointment }),
    content: (n) =>
      sampleAppointment({
        subject: `Rendez-vous ${n}`,
        tags: {},
        ...(n % 2 === 0 ? { recurrence: weekly({ deleted: ['2026-03-17'] }) } : {}),
      }),
    changed: (content, n) => ({ ...content, location: `Salle ${n}`, sensitivity: 2 }),
    digest,
    token,
  });

  sideContract<Card>({
    name: `Outlook’s address book, ${name},`,
    supports: SUPPORTS,
    open: () => opened({ kind: PLAIN_CARDS, folder: 'contacts', switches, ticks, store: storeCard }),
    content: (n) => ({ ...sampleContact({ tags: {} }), body: `Note ${n}` }),
    changed: (content, n) => ({ ...content, body: `Autre note ${n}` }),
    digest,
    token,
  });
}

sideContract<Card>({
  name: 'Outlook’s distribution lists',
  supports: SUPPORTS,
  open: () =>
    opened({
      kind: PLAIN_CARDS,
      folder: 'contacts',
      switches: {},
      ticks: false,
      store: storeCard,
    }),
  content: (n) => sampleDistList({ name: `Liste ${n}`, tags: {} }),
  changed: (content, n) => ({ ...content, body: `Autre note ${n}` }),
  digest,
  token,
});
