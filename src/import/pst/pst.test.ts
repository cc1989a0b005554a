import { expect, it } from 'vitest';
import { sampleAppointment, sampleContact, sampleDistList, weekly } from '../../outlook/testing/samples.ts';
import { memorySource } from '../byte-source.ts';
import { importOf } from '../open-import.ts';
import { appointmentItem, contactItem, distListItem } from '../testing/item-values.ts';
import { buildPst, filler, type NewItem, tag } from '../testing/pst-items.ts';
import { memorySink, type PstForm } from '../testing/pst-writer.ts';
import { openPst } from './open-pst.ts';
import { rtfText } from './rtf.ts';

const CONTEXT = { zone: 'Europe/Paris', ownAddress: 'me@acme.test' };
const UNICODE: PstForm = { unicode: true, compressible: true };
const MAIL: NewItem = { values: { [tag('001A001F')]: 'IPM.Note', [tag('0037001F')]: 'Hello' } };

function file(
  build: (pst: ReturnType<typeof buildPst>) => void,
  options: Parameters<typeof buildPst>[2] = {},
  form = UNICODE,
) {
  const sink = memorySink();
  const pst = buildPst(sink, form, options);
  build(pst);
  pst.finish();
  return sink.bytes();
}
const opened = (bytes: Uint8Array) => importOf(memorySource(bytes), CONTEXT, 'a.pst');
const found = (bytes: Uint8Array) => [...opened(bytes).found()];

it('[I6] items come with their folders; those in Deleted Items and below are refused, mail is passed over', () => {
  const bytes = file(
    (pst) => {
      const top = pst.folder('Top');
      const bin = pst.folder('Bin', top);
      pst.item(pst.folder('Calendar', top), appointmentItem(sampleAppointment({ subject: 'Kept' })));
      pst.item(pst.folder('Old', bin), contactItem(sampleContact()));
      pst.item(top, MAIL);
    },
    { deleted: 'Bin' },
  );
  expect(found(bytes)).toMatchObject([
    { kind: 'event', from: 'Top/Calendar', series: { main: { title: 'Kept' } } },
    { kind: 'refused', what: 'contact', reason: 'deleted', from: 'Top/Bin/Old' },
    { kind: 'other' },
  ]);
});

it('[A4] a list in a list is a member by the uid that the other one has', () => {
  const bytes = file((pst) => {
    const top = pst.folder('Top');
    const inner = pst.item(top, distListItem(sampleDistList({ name: 'Inner' })));
    const outer = sampleDistList({ name: 'Outer', members: [{ name: 'Inner', address: '', list: 'inner' }] });
    pst.item(top, distListItem(outer, new Map([['inner', inner]])));
  });
  const [inner, outer] = found(bytes).flatMap((one) =>
    one.kind === 'card' && one.card.kind === 'group' ? [one.card] : [],
  );
  expect(inner?.uid).toMatch(/^pst-node-/);
  expect(outer?.members).toMatchObject([{ address: '', cardUid: inner?.uid }]);
});

it('[A4] the text of a changed occurrence comes out of its attachment', () => {
  const change = { originalStart: '2026-03-09T09:00:00', start: '2026-03-09T11:00:00', end: '2026-03-09T12:00:00' };
  const pattern = {
    ...weekly({ firstDate: '2026-03-02', startMinutes: 540, durationMinutes: 60 }),
    exceptions: [{ ...change, body: 'Other' }],
  };
  const item = appointmentItem(
    sampleAppointment({ start: '2026-03-02T09:00:00', end: '2026-03-02T10:00:00', recurrence: pattern }),
  );
  const attachments = [
    {
      values: { [tag('7FF90040')]: { time: Date.UTC(2026, 2, 9, 8) } },
      message: { [tag('1000001F')]: 'Other\r\nwords' },
    },
  ];
  const bytes = file((pst) => pst.item(pst.folder('Top'), { ...item, attachments }));
  expect(found(bytes)).toMatchObject([
    {
      series: { exceptions: [{ original: { at: '2026-03-09T09:00:00' }, event: { body: { plain: 'Other\nwords' } } }] },
    },
  ]);
});

it('[I6] an item that is damaged is refused by itself; the others are read', () => {
  const item = appointmentItem(sampleAppointment({ recurrence: weekly() }));
  const values = Object.fromEntries(
    Object.entries(item.values).map(([name, value]) => [
      name,
      name.includes('82160102') ? Uint8Array.of(4, 0x30) : value,
    ]),
  );
  const bytes = file((pst) => {
    const top = pst.folder('Top');
    pst.item(top, { values });
    pst.item(top, contactItem(sampleContact()));
  });
  expect(found(bytes)).toMatchObject([{ kind: 'refused', what: 'event', reason: 'damaged' }, { kind: 'card' }]);
});

it('[I6] encryption, passwords, offline mailboxes and trees that run in circles each end in their own sentence', () => {
  const bytes = file((pst) => void pst.item(pst.folder('Top'), MAIL));
  const changed = (at: number, value: number) => {
    const copy = bytes.slice();
    copy[at] = value;
    return copy;
  };
  const code = (of: Uint8Array) => {
    try {
      found(of);
      return 'read';
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };
  expect(code(bytes)).toBe('read');
  expect(code(changed(513, 2))).toBe('IMPORT_ENCRYPTED');
  expect(code(changed(10, 36))).toBe('IMPORT_KIND_UNKNOWN');
  expect(code(changed(10, 5))).toBe('IMPORT_DAMAGED');
  expect(code(file(() => undefined, { password: true }))).toBe('IMPORT_PASSWORD');
  expect(code(circular(bytes))).toBe('IMPORT_DAMAGED');
});

/** The root of the nodes says that it is above itself. */
function circular(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  const root = view.getUint32(224, true);
  copy.fill(0, root, root + 488);
  for (let entry = 0; entry < 20; entry++) {
    view.setUint32(root + entry * 24, 0, true);
    view.setUint32(root + entry * 24 + 16, root, true);
  }
  copy.set([20, 20, 24, 3], root + 488);
  view.setUint32(root + 500, 0, true);
  return copy;
}

it('[I7] a file of many levels is read to its last item, and what nobody asks for is not read', () => {
  const many = 600;
  const bytes = file((pst) => {
    const top = pst.folder('Top');
    const values = { ...MAIL.values, [tag('10130102')]: filler(9000) };
    for (let at = 0; at < many; at++) pst.item(top, at % 10 === 0 ? contactItem(sampleContact()) : { values });
  });
  let read = 0;
  const source = memorySource(bytes);
  const counted = {
    ...source,
    read: (at: number, length: number) => {
      read += length;
      return source.read(at, length);
    },
  };
  const kinds = [...importOf(counted, CONTEXT, 'a.pst').found()].map(({ kind }) => kind);
  expect([kinds.length, kinds.filter((kind) => kind === 'card').length]).toEqual([many, many / 10]);
  expect(read).toBeLessThan(bytes.length / 2);
});

it('[A4] a subject is read without the mark of its prefix', () => {
  const bytes = file(
    (pst) => void pst.item(pst.folder('Top'), appointmentItem(sampleAppointment({ subject: '\u0001\u0005RE: Talk' }))),
  );
  expect(found(bytes)).toMatchObject([{ series: { main: { title: 'RE: Talk' } } }]);
});

it('[A4] narrow texts are read in the code page of the file', () => {
  const bytes = file(
    (pst) => void pst.item(pst.folder('Été'), contactItem(sampleContact({ body: 'œuvre €' }))),
    {},
    {
      unicode: false,
      compressible: false,
    },
  );
  expect(found(bytes)).toMatchObject([{ from: 'Été', card: { note: { plain: 'œuvre €' } } }]);
  expect(openPst(memorySource(bytes)).items).toBe(1);
});

it('[A4] rich text is read for its words', () => {
  const rtf = "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\pard Caf\\'e9 \\u8364?\\par two\\tab{\\*\\htmltag x}\\{b\\}}";
  const head = new Uint8Array(16);
  const view = new DataView(head.buffer);
  view.setUint32(4, rtf.length, true);
  view.setUint32(8, 0x414c454d, true);
  expect(rtfText(Uint8Array.of(...head, ...Buffer.from(rtf, 'latin1')))).toBe('Café €\ntwo\t{b}');
  // MS-OXRTFCP 3.1: the packed form of the same kind.
  const packed = Buffer.from(
    '2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232' + '0af32068656c090020627705b06c647d0a800fa0',
    'hex',
  );
  expect(rtfText(packed)).toBe('hello world');
});
