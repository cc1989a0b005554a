import { describe, expect, it } from 'vitest';
import type { OutlookContact } from '../model/contact.ts';
import type { Bench } from './bench.ts';
import { emptyContact, sampleContact, sampleDistList } from './samples.ts';

const NO_SLOT = { address: '', displayName: '', type: '' };

/** What contacts and distribution lists must do. */
export function contactContract(bench: () => Bench): void {
  const stored = async (contact: OutlookContact) => {
    const id = await bench().writeContact(contact);
    return (await bench().contact(id)).snapshot.value;
  };
  /** Changes a stored contact and gives what it is afterwards. */
  const changed = async (contact: OutlookContact, change: (value: OutlookContact) => OutlookContact) => {
    const id = await bench().writeContact(contact);
    const before = await bench().contact(id);
    await bench().writeContact(change(before.snapshot.value), before);
    return { before: before.snapshot.value, after: (await bench().contact(id)).snapshot.value };
  };

  describe('contacts', () => {
    it('keeps every plain value of a contact', async () => {
      const contact = sampleContact();
      const value = await stored(contact);
      expect({ ...value, body: value.body.trimEnd() }).toEqual(contact);
    });

    it('keeps a change of one value and nothing else', async () => {
      const { before, after } = await changed(sampleContact(), (value) => ({
        ...value,
        phones: { ...value.phones, HomeTelephoneNumber: '01 02 03 04 05' },
      }));
      expect(after).toEqual({ ...before, phones: { ...before.phones, HomeTelephoneNumber: '01 02 03 04 05' } });
    });

    it('[EO67] composes the full name of its parts', async () => {
      const empty = emptyContact();
      const text = { ...empty.text, Title: 'Dr', FirstName: 'Ada', MiddleName: 'M.', LastName: 'Byron' };
      expect((await stored({ ...empty, text })).text.FullName).toBe('Dr Ada M. Byron');
    });

    it('[H29] a contact that has only a full name keeps it', async () => {
      const empty = emptyContact();
      const value = await stored({ ...empty, text: { ...empty.text, FullName: 'Exemple' } });
      expect(value.text.FullName).toBe('Exemple');
    });

    it('[H29] FileAs stays as it is when something else changes', async () => {
      const contact = sampleContact();
      const mine = { ...contact, text: { ...contact.text, FileAs: 'A. D. (Exemple)' } };
      const { after } = await changed(mine, (value) => ({
        ...value,
        text: { ...value.text, JobTitle: 'Présidente' },
      }));
      expect([after.text.FileAs, after.text.JobTitle]).toEqual(['A. D. (Exemple)', 'Présidente']);
    });

    it('[EO70] an e-mail slot is filled, changed and emptied without its neighbours', async () => {
      const slot = (address: string) => ({ address, displayName: '', type: 'SMTP' });
      const contact = sampleContact({ emails: [slot('a@example.org'), slot('b@example.org'), slot('c@example.org')] });
      const { after } = await changed(contact, (value) => ({
        ...value,
        emails: [value.emails[0], { address: '', displayName: '', type: '' }, slot('d@example.org')],
      }));
      expect(after.emails.map((email) => email.address)).toEqual(['a@example.org', '', 'd@example.org']);
    });

    it('[EO71] a display name that Outlook made follows its address', async () => {
      const made = (address: string) => [{ address, displayName: '', type: 'SMTP' }, NO_SLOT, NO_SLOT] as const;
      const { before, after } = await changed(sampleContact({ emails: made('old@example.org') }), (value) => ({
        ...value,
        emails: made('new@example.org'),
      }));
      expect(before.emails[0].displayName).not.toBe('');
      expect(after.emails[0].displayName).not.toContain('old@example.org');
    });

    it('[EO73] a date is set, changed and taken away', async () => {
      const first = await changed(emptyContact(), (value) => ({ ...value, birthday: '1975-06-15' }));
      const second = await changed(sampleContact(), (value) => ({ ...value, birthday: undefined }));
      expect([first.after.birthday, second.before.birthday, second.after.birthday]).toEqual([
        '1975-06-15',
        '1980-02-29',
        undefined,
      ]);
    });

    it('[EO72] the mailing address is the one that was chosen', async () => {
      const address = { street: 'a', city: 'b', state: '', postalCode: '', country: '', postOfficeBox: '' };
      const value = await stored(sampleContact({ home: address, selectedMailingAddress: 1 }));
      expect(value.selectedMailingAddress).toBe(1);
    });

    it('[EO86] categories need no list separator, and the last one can go', async () => {
      const contact = sampleContact({ categories: ['Un', 'Deux', 'Trois'] });
      const { before, after } = await changed(contact, (value) => ({ ...value, categories: [] }));
      expect([before.categories, after.categories]).toEqual([['Un', 'Deux', 'Trois'], []]);
    });

    it('[H28] writing nothing does nothing', async () => {
      const id = await bench().writeContact(sampleContact());
      const before = await bench().contact(id);
      await bench().pause();
      await bench().writeContact(before.snapshot.value, before);
      expect((await bench().contact(id)).snapshot).toEqual(before.snapshot);
    });
  });

  describe('distribution lists', () => {
    it('[EO80] keeps name, members with their addresses, and notes', async () => {
      const distList = sampleDistList();
      const id = await bench().writeDistList(distList);
      const { value } = (await bench().distList(id)).snapshot;
      expect({ ...value, body: value.body.trimEnd() }).toEqual(distList);
    });

    it('adds and removes members without touching the others', async () => {
      const id = await bench().writeDistList(sampleDistList());
      const before = await bench().distList(id);
      const members = [before.snapshot.value.members[1], { name: 'Luc', address: 'luc@example.org' }];
      const after = { ...before.snapshot.value, members: members.filter((member) => member !== undefined) };
      await bench().writeDistList(after, before);
      expect((await bench().distList(id)).snapshot.value.members).toEqual(after.members);
    });

    it('removes several members at once', async () => {
      const members = ['a', 'b', 'c', 'd'].map((name) => ({ name, address: `${name}@example.org` }));
      const id = await bench().writeDistList(sampleDistList({ members }));
      const before = await bench().distList(id);
      const after = members.filter((_, at) => at % 2 === 1);
      await bench().writeDistList({ ...before.snapshot.value, members: after }, before);
      expect((await bench().distList(id)).snapshot.value.members).toEqual(after);
    });

    it('keeps a long list whole and in order', async () => {
      const members = Array.from({ length: 90 }, (_, n) => ({ name: `Membre ${n}`, address: `m${n}@example.org` }));
      const id = await bench().writeDistList(sampleDistList({ members }));
      expect((await bench().distList(id)).snapshot.value.members).toEqual(members);
    });

    it('lies in the table beside contacts, told apart by its class', async () => {
      await bench().writeContact(sampleContact());
      await bench().writeDistList(sampleDistList());
      const classes = (await bench().rows()).map((row) => row.messageClass).sort();
      expect(classes).toEqual(['IPM.Contact', 'IPM.DistList']);
    });
  });
}
