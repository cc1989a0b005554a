import { Command } from 'commander';
import { createDomain, listUsers, setDomainSetting } from '../../../server/admin/accounts.ts';
import { removeDomain } from '../../../server/admin/remove.ts';
import { type Context, runs } from '../../context.ts';
import { table } from '../../terminal.ts';
import { makeDataFolder } from '../open-agent.ts';
import { administering } from './administering.ts';

/** `domain add|list|set|remove`: domains of the embedded server. */
export function domainCommand(context: Context): Command {
  return new Command('domain')
    .description('domains of the embedded server')
    .addCommand(add(context))
    .addCommand(list(context))
    .addCommand(set(context))
    .addCommand(remove(context));
}

function add(context: Context): Command {
  const command = new Command('add')
    .description('create a domain, with its directory')
    .argument('<domain>', 'its name: example.org')
    .option('--alias <name...>', 'other names of the domain, under which people may log in too');
  return runs<[string], { alias?: readonly string[] }>(command, context, async (options, domain) => {
    makeDataFolder(options.data);
    const aliases = (options.alias ?? []).map((alias) => alias.toLowerCase());
    const uid = domain.toLowerCase();
    await administering(options.data, (kernel) => createDomain(kernel, { uid, aliases }));
    return { lines: [`Created ${uid}.`], json: { domain: uid, aliases } };
  });
}

function list(context: Context): Command {
  return runs(new Command('list').description('list the domains'), context, async (options) => {
    const domains = await administering(options.data, (kernel) => {
      const users = listUsers(kernel);
      return kernel.store.people.domains().map(({ uid, aliases, settings }) => ({
        domain: uid,
        aliases,
        users: users.filter((entry) => entry.domain === uid).length,
        settings,
      }));
    });
    const rows = domains.map(({ domain, aliases, users }) => [domain, `${users} accounts`, aliases.join(', ')]);
    return { lines: domains.length === 0 ? ['No domains.'] : table(rows), json: domains };
  });
}

function set(context: Context): Command {
  const command = new Command('set')
    .description('change a setting that holds for every account of a domain that has no own: timezone, lang, …')
    .argument('<domain>', 'its name')
    .argument('<setting>', 'its name, such as timezone or lang')
    .argument('<value>', 'its value, such as Europe/Paris');
  return runs<[string, string, string], object>(command, context, async (options, domain, setting, value) => {
    await administering(options.data, (kernel) => setDomainSetting(kernel, domain, setting, value));
    return { lines: [`${setting} of ${domain} is now ${value}.`], json: { domain, setting, value } };
  });
}

function remove(context: Context): Command {
  const command = new Command('remove')
    .description('remove a domain that has no accounts left')
    .argument('<domain>', 'its name');
  return runs<[string], object>(command, context, async (options, domain) => {
    await administering(options.data, (kernel) => removeDomain(kernel, domain));
    return { lines: [`Removed ${domain}.`], json: { domain } };
  });
}
