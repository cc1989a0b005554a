import type { Group } from '../../../domain/contact.ts';
import type { OutlookDistList } from '../../../outlook/model/contact.ts';
import { oneLine } from '../../contact/lines.ts';
import { NAMELESS } from '../../contact/normal-name.ts';
import { type Field, patching } from '../../field.ts';
import { putText } from './put.ts';

/** The name of a distribution list. */
export const groupName: Field<OutlookDistList, Pick<Group, 'name'>> = patching({
  read: (list) => ({ name: shown(list.name) }),
  write: (list, value) => ({ ...list, name: putText(list.name, shown(value.name)) }),
  survives: (value) => ({ name: shown(value.name) }),
});

function shown(name: string): string {
  return oneLine(name) || NAMELESS;
}
