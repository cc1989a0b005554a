/** A running Outlook, asked about itself. It is never started, nothing is changed, and nothing of it is held afterwards. */
import { isError } from '../../outlook/program/errors.ts';
import { finish, throwIfOutlookFails } from '../../outlook/program/finish.ts';
import type { Executor, Program } from '../../outlook/program/program.ts';
import { APPLICATION, script } from '../../outlook/program/script.ts';
import { text, type Values } from '../../outlook/program/values.ts';
import { bad, type Finding, good, skipped, warning } from './finding.ts';

const ADD_IN = 'BlueMind.Connector';
/** A busy one is waited for no longer. @units milliseconds */
const PATIENCE = 5000;

/** Of this computer, which runs Windows. @throws OUTLOOK_UNAVAILABLE when it is not installed, or stays busy */
export async function checkRunningOutlook(): Promise<readonly Finding[]> {
  // Loaded here: elsewhere there is nothing that it could call.
  const { startOutlookThread } = await import('../../outlook/com/outlook-thread.ts');
  const thread = await startOutlookThread();
  try {
    if (await thread.connect({ start: false, patience: PATIENCE })) return await askOutlook(thread.executor);
    return [skipped('Running Outlook', 'Outlook does not run now; start it and check again to see more.')];
  } finally {
    await thread.end();
  }
}

/**
 * What each member says; one that fails is a finding, and the others are asked all the same.
 * @throws OUTLOOK_UNAVAILABLE when it is closed or stays busy, OUTLOOK_FAILED when it does not even tell its version
 */
export async function askOutlook(executor: Executor): Promise<readonly Finding[]> {
  const program = questions();
  const values = finish(await executor.run(program), program.label);
  throwIfOutlookFails(values, program.label);
  return [checkVersion(values), checkStore(values), checkLoaded(values), checkTrust(values)];
}

function questions(): Program {
  return script('ask outlook', {}, (run) => {
    // Every Outlook tells this much; where it does not, nothing else needs to be waited for.
    const version = run.value(APPLICATION, 'Version');
    const ask = run.optional;
    const session = ask.object(APPLICATION, 'Session', 'NameSpace');
    const store = ask.object(session, 'DefaultStore', 'Store');
    const addIns = ask.object(APPLICATION, 'COMAddIns', 'COMAddIns');
    const ours = ask.open(addIns, 'Item', 'COMAddIn', ADD_IN);
    return [
      version,
      ask.value(APPLICATION, 'ProductCode'),
      ask.value(store, 'DisplayName'),
      ask.value(addIns, 'Count'),
      ask.value(ours, 'Connect'),
      ask.value(APPLICATION, 'IsTrusted'),
    ];
  });
}

function checkVersion({ Version: version, ProductCode: product }: Values): Finding {
  const check = 'Running Outlook';
  const bits = bitsOf(product);
  return good(check, `Outlook ${text(version)} runs${bits === undefined ? '' : `, with ${bits} bits`}.`);
}

/**
 * The bits of a version of Office, by the fourth group of its product code.
 * @source "Description of the numbering scheme for product code GUIDs in Office 2016": {BRMMmmmm-PPPP-LLLL-p000-D000000FF1CE}, p
 */
function bitsOf(product: unknown): 32 | 64 | undefined {
  const [, bit] = /^\{[\dA-F]{8}-[\dA-F]{4}-[\dA-F]{4}-([01])000-[\dA-F]00000+FF1CE\}$/i.exec(String(product)) ?? [];
  return bit === undefined ? undefined : bit === '1' ? 64 : 32;
}

function checkStore({ DisplayName: name }: Values): Finding {
  const check = 'Default store';
  return typeof name === 'string'
    ? good(check, `Outlook’s own calendar and contacts are in “${name}”.`)
    : bad(
        check,
        `Outlook does not tell where its calendar is (${why(name)}); check the profile under Control Panel, Mail.`,
      );
}

function checkLoaded({ Count: count, Connect: connected }: Values): Finding {
  const check = 'Add-in in Outlook';
  if (connected === true) return good(check, 'Outlook has loaded the add-in.');
  if (connected === false)
    return warning(
      check,
      'Outlook knows the add-in and has not loaded it; switch it on under File, Options, Add-ins, COM Add-ins.',
    );
  return typeof count === 'number'
    ? bad(check, 'Outlook does not know the add-in; close Outlook, run the installer again, and start Outlook.')
    : warning(check, `Outlook does not tell its add-ins (${why(connected)}).`);
}

function checkTrust({ IsTrusted: trusted }: Values): Finding {
  const check = 'Trust';
  if (typeof trusted !== 'boolean') return warning(check, `Outlook does not tell whom it trusts (${why(trusted)}).`);
  return good(
    check,
    trusted
      ? 'Outlook trusts the connector’s calls from outside.'
      : 'Outlook does not trust calls from outside, as is usual; through the add-in it trusts the connector.',
  );
}

/** The number of the error, for whoever helps. */
function why(value: unknown): string {
  return isError(value as never) ? `0x${((value as { error: number }).error >>> 0).toString(16)}` : 'no value';
}
