import { existsSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Agent } from '../../agent/agent.ts';
import { examine } from '../../agent/doctor/examine.ts';
import type { Finding } from '../../agent/doctor/finding.ts';
import { findPolicies } from '../../agent/find-policies.ts';
import { reportedUpdates } from '../../agent/host/handle-updates.ts';
import { policiesIn } from '../../agent/policies.ts';
import { makeBundle } from '../../agent/report/bundle.ts';
import { updateStatus } from '../../agent/updates.ts';
import { Failure, isFailure } from '../../base/failure.ts';
import { systemProxies } from '../../desktop/find-proxy.ts';
import { zipOf } from '../../node/zip.ts';
import { type Context, type DataFolder, runs } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { table } from '../terminal.ts';
import { updatesOf } from '../updates.ts';
import { runningAgent } from './open.ts';
import { withAgent } from './open-agent.ts';

/** It only looks: whatever the user chose, Outlook is not started for that. */
const LOOKING = { lasting: false, mayStart: false };

const MARKS = { good: 'ok', warning: 'look', bad: 'BAD', skipped: '-' } as const;

/** `doctor`: what the connector needs on this computer, and what was found. */
export function doctorCommand(context: Context): Command {
  const command = new Command('doctor')
    .description('check what the connector needs on this computer, and say what was found; changes nothing')
    .option(
      '--bundle <file>',
      'write the findings, versions, settings, runs and log into a ZIP file for support, redacted',
    );
  return runs<[], { bundle?: string }>(command, context, async ({ data, bundle }) => {
    const findings = await examine({
      version: context.version,
      folder: data.path,
      policies: policiesIn(await findPolicies()),
      withAgent: (work) => withAgent(context, data, work, LOOKING),
      running: () => failingParts(data),
      platform: process.platform,
      findProxy: systemProxies(),
    });
    if (findings.some(({ result }) => result === 'bad')) context.exit = EXIT.INCOMPLETE;
    if (bundle !== undefined) await writeBundle(context, data, bundle, findings);
    const rows = findings.map(({ check, result, says }) => [MARKS[result], check, says]);
    const written = bundle === undefined ? [] : [`Written to ${bundle}. Look at it before you send it to anybody.`];
    return { lines: [...table(rows), ...written], json: { findings, bundle: bundle ?? null } };
  });
}

async function failingParts(data: DataFolder): Promise<readonly string[] | undefined> {
  try {
    const { parts } = await runningAgent(data).get('status');
    return parts.filter(({ failures }) => failures > 0).map(({ name }) => name);
  } catch (error) {
    if (isFailure(error, 'AGENT_NOT_RUNNING') || isFailure(error, 'STORAGE_UNREACHABLE')) return undefined;
    throw error;
  }
}

/** The report that `report` makes, with all of these findings. @throws FILE_UNREADABLE when the file cannot be written */
async function writeBundle(
  context: Context,
  data: DataFolder,
  file: string,
  findings: readonly Finding[],
): Promise<void> {
  const { version, clock } = context;
  const { name, text } = await withMemory(context, data, async (agent) => {
    const updates = agent && reportedUpdates(await updateStatus(updatesOf(context, { data, agent })));
    return makeBundle({ agent, logs: data.logs, version, now: clock.now(), updates, findings });
  });
  try {
    writeFileSync(file, zipOf([{ name, content: text }]), { mode: 0o600 });
  } catch (cause) {
    throw new Failure('FILE_UNREADABLE', `The file ${file} cannot be written.`, { cause });
  }
}

/** What keeps the memory from opening stands among the findings. */
async function withMemory<T>(
  context: Context,
  data: DataFolder,
  work: (agent: Agent | undefined) => Promise<T>,
): Promise<T> {
  let agent: Agent | undefined;
  if (!existsSync(data.agent)) return work(undefined);
  try {
    return await withAgent(
      context,
      data,
      (opened) => {
        agent = opened;
        return work(opened);
      },
      LOOKING,
    );
  } catch (error) {
    if (agent !== undefined || !isFailure(error)) throw error;
    return work(undefined);
  }
}
