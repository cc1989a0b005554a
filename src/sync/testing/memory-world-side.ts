import type { SideName } from '../side.ts';
import { memorySide } from './memory-side.ts';
import type { WorldSide } from './open-world.ts';

/** A side in memory as one of two in an open world: what the other one's tests are played against. */
export function memoryWorldSide<C>(name: SideName): WorldSide<C> {
  const side = memorySide<C>({ name, marks: name === 'outlook' });
  const { user } = side;
  const folder = 'folder';
  return {
    side,
    folder,
    user: {
      items: async () => user.items(folder),
      add: async (content) => user.add(folder, content),
      edit: async (id, content) => user.edit(folder, id, () => content),
      delete: async (id) => user.delete(folder, id),
      copy: async (id) => void user.copy(folder, id),
    },
    loseCursors: user.loseCursors,
  };
}
