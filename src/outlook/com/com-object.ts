import type { Address } from './native.ts';

/**
 * A reference to an object of another process (or of ours) that is counted for us until it is given back. `type` says whose DISPIDs
 * it shares: the number of its class where it has one, nothing where it stands alone; undefined while nobody asked.
 */
export class ComObject {
  readonly pointer: Address;
  released = false;
  type: number | 'own' | undefined;
  /** The member that gave it and whose class that was, where Outlook's type library says that it gives nothing else. */
  origin: string | undefined;
  /** DISPIDs by member, as far as they are not those of its type. */
  readonly ids = new Map<string, number>();

  constructor(pointer: Address) {
    this.pointer = pointer;
  }
}

export function isComObject(value: unknown): value is ComObject {
  return value instanceof ComObject;
}
