/** Random series that live on both sides for a while, edited here and there, through both mappings and the merge that the engine uses. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../base/testing/runs.ts';
import { seriesKit } from '../../../domain/content-kit.ts';
import type { Event, Series } from '../../../domain/event.ts';
import { TAG } from '../../../outlook/model/named-properties.ts';
import { bluemindEvent } from '../../bluemind/event/event.ts';
import { seriesList } from '../../testing/arbitrary-event.ts';
import { type Edit, edits } from '../../testing/event-edits.ts';
import { beginEvent, EVERY_LABEL, type EventWorld, readItem, readValue, syncEvent } from '../../testing/event-world.ts';
import type { OutlookEventContext } from './context.ts';
import { outlookEvent } from './event.ts';

const ZONED: OutlookEventContext = { zone: 'Europe/Paris', ownAddress: 'ann@acme.test' };
const contexts: fc.Arbitrary<OutlookEventContext> = fc.constantFrom(ZONED, {
  ...ZONED,
  zone: 'America/New_York',
  now: Date.parse('2026-06-01T00:00:00Z'),
  language: 'fr' as const,
});

/** What the server holds that nobody here knows of. */
const HIDDEN = { properties: { theirs: 'kept' }, sequence: 3, draft: false, conferenceId: 'c1' };

function heldBy(series: Series) {
  const value = bluemindEvent.write(undefined, series, EVERY_LABEL);
  return { ...value, counters: [{ originator: { email: 'x@y.z' } }], main: value.main && { ...value.main, ...HIDDEN } };
}

function hiddenIn({ value: { main } }: EventWorld) {
  return [main?.sequence, main?.conferenceId, main?.properties?.['theirs']];
}

function apply(world: EventWorld, edit: Edit): EventWorld {
  return edit.on === 'server' ? { ...world, value: edit.edit(world.value) } : { ...world, item: edit.edit(world.item) };
}

/** A changed field as the part of the event that it belongs to, by the name of its member; `exceptions` where one came or went. */
function partOf(field: string): string {
  const name = field.replace(/^main\.|^exceptions\[[^\]]*\]\.?/, '');
  if (name === '') return 'exceptions';
  return name.split(/[.[]/)[0] ?? name;
}

function partsChanged(before: Series, after: Series): ReadonlySet<string> {
  return new Set(seriesKit.changedFields(before, after).map(partOf));
}

/** Parts that are one for Outlook. */
const TOGETHER: readonly (readonly string[])[] = [
  ['organizer', 'attendees', 'cancelled', 'busy'],
  ['main', 'recurrence', 'excluded', 'added', 'exceptions', 'when'],
];

function reach(parts: ReadonlySet<string>): ReadonlySet<string> {
  const groups = TOGETHER.filter((group) => group.some((part) => parts.has(part))).flat();
  return new Set([...parts, ...groups]);
}

/**
 * Changed fields that belong to no allowed part. An exception that came on one side may be there on the other all along, where Outlook
 * cannot show it (EM15): then members of just that one change.
 */
function unexpected(
  fields: readonly string[],
  allowed: ReadonlySet<string>,
  came: readonly string[],
): readonly string[] {
  const isOfOneThatCame = (field: string) => came.some((whole) => field.startsWith(`${whole}.`));
  return fields.filter((field) => !allowed.has(partOf(field)) && !isOfOneThatCame(field));
}

/** Names of exceptions that came or went as a whole. */
function wholes(fields: readonly string[]): readonly string[] {
  return fields.filter((field) => field.startsWith('exceptions[') && field.endsWith(']'));
}

/** What of a server's edit reached Outlook: nothing else changed there, and what changed is what a new item would show. */
function expectShown(before: EventWorld, next: EventWorld, context: OutlookEventContext): void {
  const server = readValue(next.value);
  const shown = outlookEvent.read(next.item, context);
  const edited = partsChanged(before.base.server, server);
  const wanted = outlookEvent.survives(server, context);
  const allowed = new Set(reach(edited));
  // A main event that becomes like its exception, or unlike, makes that appear or vanish; what is over loses its reminder.
  if (edited.size > 0 && server.exceptions.length > 0) allowed.add('exceptions');
  // What comes to lie in the past loses its reminder (EV12).
  if (context.now !== undefined && allowed.has('when')) allowed.add('reminders');
  if (allowed.has('main')) for (const name of FIELDS) allowed.add(name);
  const came = wholes(seriesKit.changedFields(before.base.server, server));
  const strange = unexpected(seriesKit.changedFields(before.base.outlook, shown), allowed, came);
  // An end that was cut where the next occurrence began (EM12) is the true one again once that occurrence was removed.
  const isCut = edited.size > 0 && next.item.tags[TAG.simplified] !== undefined;
  expect(strange.filter((field) => !(isCut && /^exceptions\[.*\]\.when$/.test(field)))).toEqual([]);
  for (const name of FIELDS) {
    if (edited.has(name) && wanted.main && shown.main) expect(saidOf(name, shown.main)).toBe(saidOf(name, wanted.main));
  }
}

/** What of an edit in Outlook reached the server: nothing else changed there, and what changed is what Outlook says. */
function expectSent(before: EventWorld, next: EventWorld, context: OutlookEventContext): void {
  const server = readValue(next.value);
  const shown = outlookEvent.read(next.item, context);
  const names = seriesKit.changedFields(before.base.outlook, shown);
  const edited = reach(new Set(names.map(partOf)));
  expect(unexpected(seriesKit.changedFields(before.base.server, server), edited, wholes(names))).toEqual([]);
  const wanted = bluemindEvent.survives(shown, EVERY_LABEL);
  for (const name of FIELDS) {
    if (names.includes(`main.${name}`) && wanted.main && server.main)
      expect(saidOf(name, server.main)).toBe(saidOf(name, wanted.main));
  }
}

const FIELDS = [
  'title',
  'location',
  'body',
  'busy',
  'privacy',
  'importance',
  'url',
  'conference',
  'cancelled',
] as const;

function saidOf(name: (typeof FIELDS)[number], event: Event): string {
  return name === 'body' ? event.body.plain : String(event[name]);
}

/** Three months from edit to edit: partly shown series move on between them. */
function later(context: OutlookEventContext, steps: number): OutlookEventContext {
  return context.now === undefined ? context : { ...context, now: context.now + steps * 90 * 86_400_000 };
}

const histories = fc.tuple(
  seriesList,
  contexts,
  fc.array(fc.tuple(edits, fc.boolean()), { minLength: 1, maxLength: 6 }),
);

describe('a series on both sides', () => {
  test('[S2] comes to rest after each run, and an edit is not answered on the side that made it', () => {
    fc.assert(
      fc.property(histories, ([series, context, history]) => {
        let world = beginEvent(heldBy(series), context);
        for (const [step, [edit, isAlone]] of history.entries()) {
          const edited = apply(world, edit);
          const then = later(context, step);
          // Not alone: the next edit, perhaps of the other side, comes before the run.
          world = isAlone ? syncEvent(edited, then) : edited;
          if (!isAlone) continue;
          expect(syncEvent(world, then)).toEqual(world);
        }
      }),
      runs(200),
    );
  });

  test('[H28] carries each edit over and changes nowhere what nobody edited', () => {
    fc.assert(
      fc.property(histories, ([series, context, history]) => {
        let world = beginEvent(heldBy(series), context);
        for (const [edit] of history) {
          const edited = apply(world, edit);
          if (readItem(edited.item, context) === undefined) continue;
          const next = syncEvent(edited, context);
          if (edit.on === 'server') expect(next.value).toEqual(edited.value);
          else expect(next.item).toEqual(edited.item);
          if (edit.on === 'server') expectShown(world, next, context);
          else expectSent(world, next, context);
          // The main event itself may go, and be made anew, on the server only.
          if (next.value.main != null) expect(hiddenIn(next)).toEqual(hiddenIn(edited));
          world = next;
        }
        expect(world.value).toMatchObject({ counters: [{ originator: { email: 'x@y.z' } }] });
      }),
      runs(200),
    );
  });
});
