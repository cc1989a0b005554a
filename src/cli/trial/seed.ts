import type { Clock } from '../../base/clock.ts';
import { importCalendar, importCards } from '../../bluemind/import.ts';
import { openSession } from '../../bluemind/session.ts';
import { type InputFile, refusalLines } from '../read-input.ts';
import { DEMO_LOGIN, DEMO_PASSWORD } from './demo-world.ts';

/** Loads files into the demo account's own calendar and address book on the server; says in lines what became of each. */
export async function seed(
  options: { server: string; clock: Clock; random: () => number; version: string },
  files: readonly InputFile[],
): Promise<string[]> {
  const session = openSession({
    ...options,
    credentials: async () => ({ login: DEMO_LOGIN, password: DEMO_PASSWORD }),
  });
  try {
    const { uid } = await session.user();
    const lines: string[] = [];
    for (const file of files) {
      const imported =
        file.kind === 'calendar'
          ? await importCalendar(session, options.clock, `calendar:Default:${uid}`, file.text)
          : await importCards(session, options.clock, `book:Contacts_${uid}`, file.text);
      const count = file.kind === 'calendar' ? file.parsed.series.length : file.parsed.cards.length;
      lines.push(
        `${file.name}: ${imported.uids.length} of ${count} ${file.kind === 'calendar' ? 'events' : 'cards'} loaded into BlueMind.`,
        ...refusalLines(file),
      );
    }
    return lines;
  } finally {
    await session.close();
  }
}
