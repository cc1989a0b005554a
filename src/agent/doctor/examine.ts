/**
 * Looks at everything that the connector needs on this computer and says of each what it found. Nothing is changed, except that the
 * server is signed in to once.
 */
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import type { FindProxy, FoundProxy } from '../../desktop/find-proxy.ts';
import { addressOf } from '../account.ts';
import type { Agent } from '../agent.ts';
import { POLICIES, type Policies } from '../policies.ts';
import { undecided } from '../waiting.ts';
import { checkRunningOutlook } from './ask-outlook.ts';
import { checkThisWindows } from './check-windows.ts';
import { bad, type Finding, good, looked, skipped, warning } from './finding.ts';

export type Patient = {
  readonly version: string;
  readonly folder: string;
  readonly policies: Policies;
  /** Opens the agent for a while; what keeps it from opening is a finding. */
  readonly withAgent: <T>(work: (agent: Agent) => Promise<T>) => Promise<T>;
  /** The names of parts that fail, of an agent that runs; undefined when none runs. */
  readonly running: () => Promise<readonly string[] | undefined>;
  readonly platform: NodeJS.Platform;
  /** The proxy of this computer's settings. */
  readonly findProxy: FindProxy;
};

/** @units bytes: what a year of history takes, and room for a copy of the memory */
const ROOM = 500_000_000;

export async function examine(patient: Patient): Promise<readonly Finding[]> {
  const findings = [
    ...(await looked('Program', () => checkProgram(patient))),
    ...(await looked('Data folder', () => checkFolder(patient))),
    ...(await looked('Policies', () => checkPolicies(patient))),
    ...(await looked('Certificates', checkCertificates)),
    ...(await looked('Agent', () => checkAgent(patient))),
    ...(await looked('Memory', () => checkMemory(patient))),
  ];
  if (patient.platform !== 'win32') return findings;
  const here = await looked('Windows', checkThisWindows);
  // One that is not installed was told of just now.
  const classic = here.some(({ check, result }) => check === 'Outlook' && result === 'good');
  return [...findings, ...here, ...(classic ? await looked('Running Outlook', checkRunningOutlook) : [])];
}

async function checkMemory({ folder, withAgent, findProxy }: Patient): Promise<readonly Finding[]> {
  if (!existsSync(join(folder, 'agent.sqlite'))) return [skipped('Memory', 'There is none yet.')];
  return withAgent((agent) => examineAgent(agent, findProxy));
}

/** What an agent knows of itself and of its server. */
export async function examineAgent(agent: Agent, findProxy?: FindProxy): Promise<readonly Finding[]> {
  return [
    ...(await looked('Memory', () => {
      agent.storage.check();
      return good('Memory', 'The connector’s memory was read through and is whole.');
    })),
    ...(await looked('Server', () => checkServer(agent, findProxy))),
    ...(await looked('Synchronization', () => checkRuns(agent))),
  ];
}

function checkProgram({ version, platform }: Patient): Finding {
  return good('Program', `Version ${version}, Node ${process.versions.node}, ${platform} ${process.arch}.`);
}

function checkFolder({ folder }: Patient): Finding {
  const check = 'Data folder';
  if (!existsSync(folder)) return skipped(check, `${folder} is not there yet; it is made when the agent first starts.`);
  accessSync(folder, constants.W_OK);
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.round((bavail * bsize) / 1_000_000);
  return bavail * bsize < ROOM
    ? warning(check, `Only ${free} MB are free where ${folder} lies; free some space.`)
    : good(check, `${folder} may be written, and ${free} MB are free.`);
}

function checkPolicies({ policies: { server, updates, options, notUnderstood } }: Patient): Finding {
  const named = POLICIES.filter(({ option }) => option !== undefined && options.has(option)).map(({ name }) => name);
  const set = [...(server === undefined ? [] : ['Server']), ...(updates === undefined ? [] : ['Updates']), ...named];
  if (notUnderstood.length > 0)
    return warning('Policies', `These policies have values that are not of their form: ${notUnderstood.join(', ')}.`);
  return set.length === 0
    ? good('Policies', 'Your organisation has set none.')
    : good('Policies', `Your organisation has set: ${set.join(', ')}.`);
}

function checkCertificates(): Finding {
  const system = getCACertificates('system').length;
  return system === 0
    ? warning(
        'Certificates',
        'The system’s store of certificates is empty or cannot be read; only public authorities are trusted.',
      )
    : good('Certificates', `The system trusts ${system} authorities.`);
}

async function checkAgent({ running }: Patient): Promise<Finding> {
  const failing = await running();
  if (failing === undefined)
    return warning('Agent', 'It does not run; start it from the start menu, or with `connector agent`.');
  return failing.length === 0
    ? good('Agent', 'It runs and answers.')
    : warning('Agent', `It runs; these parts fail and are tried again: ${failing.join(', ')}.`);
}

async function checkServer(agent: Agent, findProxy: FindProxy | undefined): Promise<readonly Finding[]> {
  const [account] = agent.accounts();
  if (account === undefined) return [skipped('Account', 'None is connected; `connector open connect`.')];
  const address = addressOf(account);
  const { serverVersion } = await agent.testAccount(address);
  const way = address.proxy === '' ? wayOf(await findProxy?.(address.server)) : 'through the account’s proxy';
  return [
    good('Account', 'One is connected, and its password can be read.'),
    good(
      'Server',
      `It was reached ${way}, its certificate was accepted, and it takes the login (version ${serverVersion || 'unknown'}).`,
    ),
  ];
}

function wayOf(found: FoundProxy | undefined): string {
  if (found === undefined || found.proxy === '') return 'directly';
  switch (found.from) {
    case 'environment':
      return 'through the proxy that the environment names (HTTPS_PROXY)';
    case 'windows':
      return 'through the proxy of Windows’ settings';
    case 'script':
      return 'through the proxy that the script of Windows’ settings names';
    case 'nobody':
      return 'directly';
  }
}

function checkRuns({ storage, pairs }: Agent): Finding {
  const check = 'Synchronization';
  const [last] = storage.runs.list(1);
  if (last === undefined) return skipped(check, 'There was no run yet.');
  // By the clock on the wall; Sweden writes it as ISO 8601 does.
  const at = new Date(last.startedAt).toLocaleString('sv-SE');
  const waiting = pairs().reduce((sum, { id }) => sum + undecided(storage.state(id).held()).length, 0);
  if (last.failure !== undefined)
    return bad(check, `The last run, at ${at}, failed: ${last.failure.message}`, last.failure.code);
  if (last.failed > 0 || waiting > 0)
    return warning(check, `The last run, at ${at}: ${last.failed} items failed, ${waiting} wait for a decision.`);
  return good(check, `The last run was at ${at}; everything is in step.`);
}
