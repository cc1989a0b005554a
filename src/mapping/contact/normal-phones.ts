import { type Phone, type PhoneKind, phoneUse } from '../../domain/contact.ts';
import { oneLine } from './lines.ts';

const SECOND: ReadonlyMap<PhoneKind, PhoneKind> = new Map([
  ['work', 'work2'],
  ['home', 'home2'],
]);

/**
 * Telephones as a side has them that does not tell first and second ones apart: of those at work (or home) the first one is
 * `work`, all others `work2`; one that was `work` comes first among them.
 */
export function normalPhones(phones: readonly Phone[]): readonly Phone[] {
  const list = phones
    .map(({ number, kind }) => ({ number: oneLine(number), kind }))
    .filter((phone) => phone.number !== '');
  const queues = new Map<PhoneKind, Phone[]>();
  for (const use of SECOND.keys()) {
    const group = list.filter((phone) => phoneUse(phone.kind) === use);
    queues.set(use, [...group.filter((phone) => phone.kind === use), ...group.filter((phone) => phone.kind !== use)]);
  }
  const seen = new Set<PhoneKind>();
  return list.map((phone) => {
    const use = phoneUse(phone.kind);
    const next = queues.get(use)?.shift();
    if (next === undefined) return phone;
    const kind = seen.has(use) ? (SECOND.get(use) ?? use) : use;
    seen.add(use);
    return { number: next.number, kind };
  });
}
