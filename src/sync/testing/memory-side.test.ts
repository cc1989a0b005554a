import { type MemorySideOptions, memorySide } from './memory-side.ts';
import { type RecordContent, record, recordKit } from './record-kit.ts';
import { type SideContract, sideContract } from './side-contract.ts';
import { STORES } from './world.ts';

const contract = (name: string, options: MemorySideOptions<RecordContent>): SideContract<RecordContent> => {
  const { supports } = memorySide(options);
  return {
    name,
    supports: { ...supports, marks: options.marks ?? false },
    open: () => {
      const side = memorySide(options);
      return {
        side,
        folder: 'f',
        user: {
          add: (content) => side.user.add('f', content),
          edit: (id, content) => side.user.edit('f', id, () => content),
          delete: (id) => side.user.delete('f', id),
        },
        close: () => {},
      };
    },
    content: (n) => record({ title: `title ${n}`, note: `note~+ ${n}`, mood: 'fine', color: 'red' }, `uid-${n}`),
    changed: (content, n) => record({ ...content.fields, place: `place ${n}` }, content.uid),
    digest: recordKit.digest,
    token: (n) => `token-${n}`,
  };
};

sideContract(contract('memory, like BlueMind', { name: 'server', stores: STORES.server }));
sideContract(contract('memory, like Outlook', { name: 'outlook', stores: STORES.outlook, marks: true }));
sideContract(contract('memory without guard', { name: 'server', supports: { guardedWrites: false } }));
