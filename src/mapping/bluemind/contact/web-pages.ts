import type { Contact, WebPage } from '../../../domain/contact.ts';
import type { VCard, VCardUrl } from '../../../wire/addressbook.ts';
import { bind } from '../../contact/bind.ts';
import { oneLine } from '../../contact/lines.ts';
import { type Field, patching } from '../../field.ts';
import { placeOf, withPlace } from './parameters.ts';
import { putText, withExplanatory } from './put.ts';

/** All web pages. One that was edited keeps the parameters of the entry it stood in. */
export const webPages: Field<VCard, Pick<Contact, 'webPages'>> = patching<VCard, Pick<Contact, 'webPages'>>({
  read: (card) => ({ webPages: entriesOf(card).filter(hasUrl).map(readPage) }),
  write: (card, value) => {
    const values = kept(value.webPages);
    const entries = entriesOf(card);
    const url = { value: (page: WebPage) => page.url, entry: (entry: VCardUrl) => oneLine(entry.value) };
    const place = { value: (page: WebPage) => page.place, entry: (entry: VCardUrl) => placeOf(entry.parameters) };
    const bound = bind(values, entries.filter(hasUrl), [url, place]);
    const written = values.map((page, at) => ({
      ...bound[at],
      value: putText(bound[at]?.value, page.url),
      parameters: withPlace(bound[at]?.parameters, page.place),
    }));
    return withExplanatory(card, { urls: [...written, ...entries.filter((entry) => !hasUrl(entry))] });
  },
  survives: (value) => ({ webPages: kept(value.webPages) }),
});

function kept(pages: readonly WebPage[]): readonly WebPage[] {
  return pages.map(({ url, place }) => ({ url: oneLine(url), place })).filter((page) => page.url !== '');
}

function entriesOf(card: VCard): readonly VCardUrl[] {
  return card.explanatory?.urls ?? [];
}

function hasUrl(entry: VCardUrl): boolean {
  return oneLine(entry.value) !== '';
}

function readPage(entry: VCardUrl): WebPage {
  return { url: oneLine(entry.value), place: placeOf(entry.parameters) };
}
