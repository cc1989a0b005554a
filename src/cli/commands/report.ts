import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { examineAgent } from '../../agent/doctor/examine.ts';
import { reportedUpdates } from '../../agent/host/handle-updates.ts';
import { makeBundle, withNote } from '../../agent/report/bundle.ts';
import { sendReport } from '../../agent/report/send.ts';
import { updateStatus } from '../../agent/updates.ts';
import { Failure, isFailure } from '../../base/failure.ts';
import { nameOfUser } from '../../server/connectors/page.ts';
import { addByDefault } from '../by-default.ts';
import { type Context, type DataFolder, runs } from '../context.ts';
import { localTime } from '../local-time.ts';
import { type Shown, table } from '../terminal.ts';
import { updatesOf } from '../updates.ts';
import { installationChecks } from './installation-checks.ts';
import { withAgent } from './open-agent.ts';
import { administering } from './server/administering.ts';

type MakeOptions = { readonly note?: string; readonly out?: string; readonly send?: boolean };

/** `report [make|list|show]`: what helps whoever helps. */
export function reportCommand(context: Context): Command {
  const report = new Command('report').description(
    'a report for whoever helps you, without contents; those that a server got',
  );
  addByDefault(
    report,
    runs<[], MakeOptions>(
      new Command('make')
        .description('make a report, show what is in it, and send it or save it as a file')
        .option('--note <text>', 'what you want to say about it')
        .option('--out <file>', 'save it there')
        .option('--send', 'send it to the server without asking'),
      context,
      ({ data, note = '', out, send = false, json }) => make(context, data, { note, out, send, json }),
    ),
  );
  report.addCommand(
    runs(new Command('list').description('list the reports that the embedded server got'), context, ({ data }) =>
      administering(data, (kernel) => {
        const rows = kernel.store.connectors.reports().map(({ id, at, size, ...of }) => ({
          id,
          user: nameOfUser(kernel, of),
          at: new Date(at).toISOString(),
          size,
        }));
        const lines = table(rows.map(({ id, user, at, size }) => [id, user, localTime(at), `${size} characters`]));
        return { lines: rows.length === 0 ? ['No reports.'] : lines, json: rows };
      }),
    ),
  );
  report.addCommand(
    runs<[string], object>(
      new Command('show')
        .description('show a report that the embedded server got')
        .argument('<id>', 'as `report list` shows it'),
      context,
      ({ data }, id) =>
        administering(data, (kernel) => {
          const found = kernel.store.connectors.report(id);
          if (found === undefined)
            throw new Failure('REPORT_UNKNOWN', `There is no report ${id}; see \`connector report list\`.`);
          const { report: text, ...of } = found;
          const json = {
            id,
            user: nameOfUser(kernel, of),
            at: new Date(of.at).toISOString(),
            report: JSON.parse(text),
          };
          return { lines: [JSON.stringify(json.report, null, 1)], json };
        }),
    ),
  );
  return report;
}

type Making = {
  readonly note: string;
  readonly out: string | undefined;
  readonly send: boolean;
  readonly json: boolean;
};

function make(context: Context, data: DataFolder, { note, out, send, json }: Making): Promise<Shown> {
  return withAgent(context, data, async (agent) => {
    const updates = reportedUpdates(await updateStatus(updatesOf(context, { data, agent })));
    const now = context.clock.now();
    const findings = [...(await examineAgent(agent)), ...(await installationChecks())];
    const { name, text } = makeBundle({ agent, logs: data.logs, version: context.version, now, updates, findings });
    const told = withNote(text, note);
    const shown = { name, report: JSON.parse(told) as unknown };
    const { confirm } = context.terminal;
    if (!json) context.terminal.out(`${treeOf(shown.report).join('\n')}\n`);
    const wanted =
      send || (!json && out === undefined && confirm !== undefined && (await confirm('Send this to the server?')));
    const number = wanted ? await sent(() => sendReport(agent.session(), told), send) : undefined;
    if (number !== undefined) return { lines: [`Sent; its number is ${number}.`], json: { ...shown, number } };
    const file = resolve(out ?? name);
    if (json && out === undefined) return { lines: [], json: { ...shown, number: null } };
    try {
      writeFileSync(file, told, { mode: 0o600 });
    } catch (cause) {
      throw new Failure(
        'FILE_UNREADABLE',
        `The file ${file} cannot be written: name one with --out in a folder that is there and is yours.`,
        { cause },
      );
    }
    const lines = [
      `Saved as ${file}. Send this file to whoever helps you; it is what was shown above, with every line.`,
    ];
    return { lines, json: { ...shown, number: null, file } };
  });
}

/** Where it was only offered, a server that takes none leaves the file. */
async function sent(work: () => Promise<string>, must: boolean): Promise<string | undefined> {
  try {
    return await work();
  } catch (error) {
    if (must || !isFailure(error)) throw error;
    return undefined;
  }
}

/** Entries of a list that are shown one by one. */
const SHOWN = 5;

/** A value as an indented tree. */
export function treeOf(value: unknown, indent = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${indent}${JSON.stringify(value)}`];
  const entries: [string, unknown][] = Array.isArray(value)
    ? [
        ...value.slice(0, SHOWN).map((one, at): [string, unknown] => [String(at + 1), one]),
        ...(value.length > SHOWN ? [['…', `${value.length - SHOWN} more`] as [string, unknown]] : []),
      ]
    : Object.entries(value);
  return entries.flatMap(([name, member]) =>
    typeof member === 'object' && member !== null && Object.keys(member).length > 0
      ? [`${indent}${name}`, ...treeOf(member, `${indent}  `)]
      : [`${indent}${name}: ${JSON.stringify(member)}`],
  );
}
