import type { Group } from '../../../domain/contact.ts';
import type { VCard } from '../../../wire/addressbook.ts';
import { oneLine } from '../../contact/lines.ts';
import { NAMELESS } from '../../contact/normal-name.ts';
import { type Field, patching } from '../../field.ts';
import { putText, withIdentification } from './put.ts';

/** The name of a group; the server refuses one without. */
export const groupName: Field<VCard, Pick<Group, 'name'>> = patching({
  read: (card) => ({ name: oneLine(card.identification?.formatedName?.value) || NAMELESS }),
  write: (card, value) =>
    withIdentification(card, (now) => ({
      ...now,
      formatedName: { parameters: [], ...now.formatedName, value: putText(now.formatedName?.value, shown(value.name)) },
    })),
  survives: (value) => ({ name: shown(value.name) }),
});

function shown(name: string): string {
  return oneLine(name) || NAMELESS;
}
