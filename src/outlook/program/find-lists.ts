import { listBehind } from '../model/member-ids.ts';
import { isError } from './errors.ts';
import { type ItemPlace, openItem, SESSION } from './item-place.ts';
import type { Part } from './reading.ts';
import { isAbsent, text } from './values.ts';

/**
 * The name by which Outlook finds this list and nothing else in its address books: only by that can it become a member of another
 * list. '' when it finds nothing, something else, or more than one thing of that name. @source outlook-objects.md 7, 8
 */
export function findableName(place: ItemPlace): Part<string> {
  return (run) => {
    const name = run.value(openItem(run, place, 'DistListItem'), 'DLName');
    const recipient = run.optional.open(SESSION, 'CreateRecipient', 'Recipient', { handle: name });
    run.optional.call(recipient, 'Resolve');
    const id = run.optional.value(recipient, 'EntryID');
    run.optional.release(recipient);
    return {
      wanted: [name, id],
      decode: (values) => {
        const found = values[id];
        const isIt = !isAbsent(found) && !isError(found) && listBehind(text(found)) === place.entryId;
        return { kind: 'value', value: isIt ? text(values[name]) : '' };
      },
    };
  };
}
