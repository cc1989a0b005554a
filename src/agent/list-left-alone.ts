import { birthdayEvents } from '../outlook/side-birthdays.ts';
import type { Storage } from '../storage/open.ts';
import { explainRule, type Locale } from '../sync/explain.ts';
import type { Run } from '../sync/run.ts';
import type { ItemId } from '../sync/side.ts';
import { chosenPairs } from './chosen-pairs.ts';
import type { Content } from './content-words.ts';
import { languageOf, type Reader } from './reader.ts';
import { isForUser } from './waiting.ts';
import { whenOf } from './when-words.ts';
import { remembered, withSides } from './with-sides.ts';
import type { Working } from './working.ts';

/** An item that is not in step, and why. */
export type NotInStep = {
  readonly folder: string;
  readonly title: string;
  readonly when: string;
  /** `before`: from before the connector; `birthday`: made by Outlook out of a contact; else the rule of the last run. */
  readonly reason: string;
  readonly why: string;
};

/** Everything that is left alone: what Outlook held before and makes by itself, and what the last run could or would not carry. */
export async function listLeftAlone(
  working: Working,
  folder: string | undefined,
  reader: Reader,
): Promise<readonly NotInStep[]> {
  const { account, pairs } = await chosenPairs(working, folder);
  const books = account.pairs.filter(({ container, record }) => {
    return container.kind === 'addressbook' && record.folders.outlook !== '';
  });
  const birthdays = await birthdayEvents(
    working.executor,
    books.map(({ record }) => record.folders.outlook),
  );
  const found: NotInStep[] = [];
  for (const pair of pairs) {
    const { name } = pair.record;
    const ids = remembered(pair.record).map(([id]) => id);
    if (ids.length > 0)
      found.push(
        ...(await withSides(working, account, pair, (run) => hiddenItems(run, { name, ids, birthdays, reader }))),
      );
    found.push(...heldByRules(working.storage, { pair: pair.record.id, name, locale: languageOf(reader) }));
  }
  return found;
}

const BEFORE = {
  en: 'It was in Outlook before the connector.',
  fr: 'Il était dans Outlook avant le connecteur.',
} as const satisfies Record<Locale, string>;
const BIRTHDAY = {
  en: 'Outlook made it out of a contact; BlueMind shows birthdays by itself.',
  fr: 'Outlook l’a créé à partir d’un contact ; BlueMind affiche les anniversaires de lui-même.',
} as const satisfies Record<Locale, string>;

type HiddenIn = {
  readonly name: string;
  readonly ids: readonly ItemId[];
  readonly birthdays: ReadonlySet<ItemId>;
  readonly reader: Reader;
};

/** Those that are still there. */
async function hiddenItems<C>(
  { sides, pair, kit }: Run<C>,
  { name, ids, birthdays, reader }: HiddenIn,
): Promise<NotInStep[]> {
  const items = await sides.outlook.read(pair.folders.outlook, ids);
  return items.map(({ id, content }) => ({
    folder: name,
    title: kit.title(content),
    when: whenOf(content as unknown as Content, reader),
    reason: birthdays.has(id) ? 'birthday' : 'before',
    why: birthdays.has(id) ? BIRTHDAY[languageOf(reader)] : BEFORE[languageOf(reader)],
  }));
}

/** What the last run of the pair left, without what waits for the user. */
function heldByRules(
  { reports }: Pick<Storage, 'reports'>,
  of: { pair: string; name: string; locale: Locale },
): NotInStep[] {
  const [last] = reports.list({ pair: of.pair, most: 1 });
  const lines = (last?.lines ?? []).filter(({ outcome, rule }) => outcome !== 'done' && !isForUser(rule));
  return lines.map(({ title, rule, on }) => {
    return { folder: of.name, title, when: '', reason: rule, why: explainRule(rule, on, of.locale) };
  });
}
