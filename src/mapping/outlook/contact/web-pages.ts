import type { Contact, WebPage } from '../../../domain/contact.ts';
import type { OutlookContact } from '../../../outlook/model/contact.ts';
import { oneLine } from '../../contact/lines.ts';
import { type Field, patching } from '../../field.ts';
import { withTexts } from './put.ts';

/**
 * The web page, which is the business one, and the personal one. A page of no place is shown as the web page when there is none
 * of work.
 * @loss further pages; that a page has no place
 */
export const webPages: Field<OutlookContact, Pick<Contact, 'webPages'>> = patching({
  read: ({ text }) => ({ webPages: pages(oneLine(text.WebPage), oneLine(text.PersonalHomePage)) }),
  write: (contact, value) => {
    const { work, home } = chosen(value.webPages);
    return withTexts(contact, { WebPage: work, PersonalHomePage: home });
  },
  survives: (value) => {
    const { work, home } = chosen(value.webPages);
    return { webPages: pages(work, home) };
  },
});

function pages(work: string, home: string): readonly WebPage[] {
  const both: readonly WebPage[] = [
    { url: work, place: 'work' },
    { url: home, place: 'home' },
  ];
  return both.filter((page) => page.url !== '');
}

function chosen(list: readonly WebPage[]): { readonly work: string; readonly home: string } {
  const first = (place: WebPage['place']) =>
    list
      .filter((page) => page.place === place)
      .map((page) => oneLine(page.url))
      .find((url) => url !== '');
  return { work: first('work') ?? first('other') ?? '', home: first('home') ?? '' };
}
