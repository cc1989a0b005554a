import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { type Account, connect, Refused } from './connection.ts';
import { type Ended, type Outcome, runSuite } from './suite.ts';

const HELP = `npm run conformance -- URL [options]

Asks a server whether it answers as BlueMind does, one check after another: through its API alone, in containers made for the run,
which are removed at its end. Nothing else is read or changed, and nobody is mailed.

  --login LOGIN        the account to use (or CONFORMANCE_LOGIN); login@domain, or the login of the default domain
  --password-stdin     read the password from the first line of standard input, and that of --other from the second
                       (or CONFORMANCE_PASSWORD and CONFORMANCE_OTHER_PASSWORD)
  --other LOGIN        a second account of the same domain, for rights and private events (or CONFORMANCE_OTHER_LOGIN);
                       without it those checks are left out
  --only WORD          only the checks about WORD (as in the first column), or of one rule
  --json               one JSON document instead of lines
  --help               this text

Exit codes: 0 every check holds · 1 some do not, or something could not be removed · 2 the command line or the login was not accepted.
Rules are those of docs/server.md and docs/server-contacts.md. A certificate that the system does not know: NODE_EXTRA_CA_CERTS.
`;

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const asked = await readArguments();
    if (asked === 'help') return say(HELP, 0);
    const me = await connect(asked.url, asked.me);
    const other = asked.other === undefined ? undefined : await connect(asked.url, asked.other);
    const told = (outcome: Outcome) => void (asked.json || say(line(outcome), 0));
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    const ended = await runSuite({ me, other, newId: randomUUID, only: asked.only, told, signal: stop.signal });
    return say(
      asked.json ? `${JSON.stringify({ url: asked.url, ...ended }, null, 2)}\n` : summary(ended),
      codeOf(ended),
    );
  } catch (error) {
    if (!(error instanceof Error && (error instanceof Refused || 'code' in error))) throw error;
    process.stderr.write(`${error.message || 'The server cannot be reached.'}\n`);
    return 2;
  }
}

type Arguments = {
  readonly json: boolean;
  readonly url: string;
  readonly only: string | undefined;
  readonly me: Account;
  readonly other: Account | undefined;
};

/** @throws Refused when something is missing or not understood */
async function readArguments(): Promise<Arguments | 'help'> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      login: { type: 'string' },
      other: { type: 'string' },
      only: { type: 'string' },
      'password-stdin': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const [url, ...more] = positionals;
  const { env } = process;
  const login = values.login ?? env['CONFORMANCE_LOGIN'];
  const other = values.other ?? env['CONFORMANCE_OTHER_LOGIN'];
  if (url === undefined || more.length > 0 || login === undefined)
    throw new Refused('Give the address of one server and a login; `--help` says more.');
  const [first, second] = values['password-stdin']
    ? (await text(process.stdin)).split(/\r?\n/)
    : [env['CONFORMANCE_PASSWORD'], env['CONFORMANCE_OTHER_PASSWORD']];
  return {
    json: values.json,
    url: url.replace(/\/+$/, ''),
    only: values.only,
    me: account(login, first),
    other: other === undefined ? undefined : account(other, second),
  };
}

/** @throws Refused without a password */
function account(login: string, password: string | undefined): Account {
  if (!password)
    throw new Refused(`The password of ${login} is missing: \`--password-stdin\`, or CONFORMANCE_PASSWORD.`);
  return { login, password };
}

function summary({ outcomes, left }: Ended): string {
  const count = (passed: boolean | null) => outcomes.filter((outcome) => outcome.passed === passed).length;
  const removed = left.length === 0 ? 'everything was removed' : `not removed: ${left.join('; ')}`;
  return `${count(true)} checks hold, ${count(false)} do not, ${count(null)} left out; ${removed}\n`;
}

function codeOf({ outcomes, left }: Ended): number {
  return left.length > 0 ||
    outcomes.every(({ passed }) => passed !== true) ||
    outcomes.some(({ passed }) => passed === false)
    ? 1
    : 0;
}

function line({ about, rule, says, passed, why }: Outcome): string {
  const mark = passed === null ? 'left' : passed ? 'ok  ' : 'FAIL';
  return `${mark} ${about.padEnd(10)} ${rule.padEnd(4)} ${says}${why === undefined ? '' : `\n     ${why.replaceAll('\n', '\n     ')}`}\n`;
}

function say(text: string, exit: number): number {
  process.stdout.write(text);
  return exit;
}
