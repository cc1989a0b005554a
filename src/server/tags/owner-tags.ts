import type { TagRef } from '../../wire/tags.ts';
import type { Collection } from '../items/collection.ts';
import { sessionFor } from '../sessions/session-life.ts';
import { tagsByLabel } from './tags.ts';

/** Category names of an imported file as references to tags of the container's owner, the missing ones being made [TG6]. */
export function ownerTags<T>({ kernel, container }: Collection<T>, labels: readonly string[]): readonly TagRef[] {
  const owner = labels.length === 0 ? undefined : kernel.store.people.entry(container.domain, container.owner);
  return owner === undefined ? [] : tagsByLabel({ kernel, session: sessionFor(kernel, owner) }, labels);
}
