import type { Appointment } from '../../../outlook/model/appointment.ts';
import type { TagName } from '../../../outlook/model/named-properties.ts';

/** The item with a tag of ours set, or without it when `value` is undefined. */
export function withTag(item: Appointment, name: TagName, value: string | undefined): Appointment {
  if (item.tags[name] === value) return item;
  const { [name]: _, ...others } = item.tags;
  return { ...item, tags: value === undefined ? others : { ...others, [name]: value } };
}
