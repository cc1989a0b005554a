import type { PhotoId } from './contact.ts';

/** A picture as Outlook can take it. `unshowable`: it has no use for these bytes; `missing`: nobody has them any more. */
export type ShownPhoto =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'unshowable' }
  | { readonly kind: 'missing' };

/**
 * Where the bytes of photos are while a run moves contacts, which name photos by their digests. What a side has shown to the
 * album the other side can ask it for; what nobody has shown is asked from those who may have it.
 */
export type PhotoAlbum = {
  /** Takes in bytes; gives what they are called. */
  keep(bytes: Uint8Array): PhotoId;
  /** `copy`, which is kept, was made out of `original`, and is better than nothing where that is asked for. */
  copied(original: PhotoId, copy: PhotoId): void;
  /** @param uid of the contact that has it */
  bytes(photo: PhotoId, uid: string): Promise<Uint8Array | undefined>;
  /** A file with the picture, not larger than Outlook shows it. */
  shown(photo: PhotoId, uid: string): Promise<ShownPhoto>;
  /** Somebody who may have the photo of a contact, by its uid; asked in the order of their registration. */
  ask(source: (uid: string) => Promise<Uint8Array | undefined>): void;
  close(): void;
};
