import { TAG } from '../../../outlook/model/named-properties.ts';

/** The uid of a card: its tag, or the token, which for cards is the uid. '' when Outlook's user made the item. */
export function readUid(item: { readonly tags: Readonly<Record<string, string>> }): string {
  return item.tags[TAG.uid] ?? item.tags[TAG.token] ?? '';
}

/** The item with the tag that says its uid, unless it says it already. */
export function withUid<S extends { readonly tags: Readonly<Record<string, string>> }>(item: S, uid: string): S {
  return readUid(item) === uid ? item : { ...item, tags: { ...item.tags, [TAG.uid]: uid } };
}
