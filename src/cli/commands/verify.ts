import { Command } from 'commander';
import type { FolderProof, Unequal } from '../../agent/verify.ts';
import { type Context, runs } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { progressLine } from '../terminal.ts';
import { withAgent } from './open-agent.ts';

/** `verify [FOLDER]`: proves both sides equal, or says where they are not. */
export function verifyCommand(context: Context): Command {
  const command = new Command('verify')
    .description('compare both sides item by item, whatever is remembered; writes nothing')
    .argument('[folder]', 'only this one, by its name');
  return runs<[string | undefined], object>(command, context, ({ data, json }, folder) =>
    withAgent(context, data, async (agent) => {
      const line = progressLine(context.terminal, json);
      const progress = { progress: ({ folder: at }: { folder: string }) => line.step(at, 'comparing') };
      const proofs = await agent.trust
        .verify(folder, { signal: context.signal, ...progress })
        .finally(() => line.end());
      const equal = proofs.every(({ unequal, failure }) => unequal.length === 0 && failure === undefined);
      if (!equal) context.exit = EXIT.INCOMPLETE;
      const lines = proofs.flatMap(linesOf);
      return { lines: [...lines, sumOf(proofs, equal)], json: { equal, folders: proofs } };
    }),
  );
}

function sumOf(proofs: readonly FolderProof[], equal: boolean): string {
  if (proofs.length === 0) return 'Nothing is synchronized yet; run `connector sync` first.';
  if (equal) return 'Both sides are equal.';
  const count = proofs.reduce((sum, { unequal }) => sum + unequal.length, 0);
  return `${count} ${count === 1 ? 'difference' : 'differences'}. A run may settle them: \`connector sync\`.`;
}

function linesOf({ name, equal, items, leftAlone, unequal, failure }: FolderProof): string[] {
  if (failure !== undefined) return [`${name}: could not be compared: ${failure.message} [${failure.code}]`];
  const alone = leftAlone === 0 ? '' : `, ${leftAlone} left alone in Outlook`;
  const head = `${name}: ${equal} equal (${items.server} in BlueMind, ${items.outlook} in Outlook${alone})`;
  return [head, ...unequal.flatMap(wordsOf).map((line) => `  ${line}`)];
}

const PLACES = { server: 'in BlueMind', outlook: 'in Outlook' } as const;

function wordsOf({ what, on, title, when, fields }: Unequal): string[] {
  const item = `“${title}”${when === '' ? '' : ` (${when})`}`;
  const place = on === undefined ? '' : PLACES[on];
  switch (what) {
    case 'missing':
      return [`${item} is missing ${place}`];
    case 'unclear':
      return [`${item} ${place} looks like several others; nobody can tell which belongs to which`];
    case 'unreadable':
      return [`an item ${place} cannot be read`];
    case 'differs':
      return [
        `${item} differs:`,
        ...fields.map(({ field, server, outlook }) => `  ${field}: ${server} in BlueMind, ${outlook} in Outlook`),
      ];
  }
}
