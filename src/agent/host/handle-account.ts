import { Failure } from '../../base/failure.ts';
import type { AccountAddress, SignedIn } from '../account.ts';
import { accountRecord } from '../account.ts';
import type { Routes } from '../api/routes.ts';
import type { Desk } from './desk.ts';
import { resetOf } from './handle-proof.ts';
import type { Handlers } from './local-api.ts';
import { accountOf } from './status.ts';

type AccountRoutes = Pick<Routes, 'account/test' | 'account/connect' | 'account/password' | 'account/disconnect'>;

/** The account: every failure comes back as its code and a sentence that says what to do. */
export function accountHandlers({ agent, runner, want, touch, tell, reopen }: Desk): Handlers<AccountRoutes> {
  return {
    'account/test': async ({ password, ...address }) => {
      const given = { ...address, ...(password === undefined ? {} : { password }) };
      return seen(await agent.testAccount(given), address);
    },
    'account/connect': async (account) => {
      const record = await agent.addAccount(account);
      runner.resume();
      reopen();
      touch();
      want('start');
      return accountOf(record);
    },
    'account/password': async ({ password }) => {
      await agent.changePassword(password);
      runner.resume();
      reopen();
      touch();
      want('start');
      const [record] = agent.accounts();
      if (record === undefined) throw new Failure('NO_ACCOUNT', 'No account is connected. Connect one first.');
      return accountOf(record);
    },
    'account/disconnect': async ({ outlook, unsent = 'send', language = 'en' }) => {
      const [account] = agent.accounts();
      if (account === undefined) throw new Failure('NO_ACCOUNT', 'No account is connected.');
      const done = outlook === 'keep' ? [] : await agent.trust.reset({ unsent });
      const folders = done.map((folder) => resetOf(folder, language));
      const disconnected = folders.every(({ stayed, kept }) => stayed + kept.length === 0);
      if (disconnected) {
        await agent.removeAccount(account.id);
        runner.resume();
        reopen();
        touch();
      }
      for (const what of ['folders', 'held', 'history', 'runs', 'items'] as const) tell(what);
      return { disconnected, folders };
    },
  };
}

/** An account that was only looked at. */
function seen(signedIn: SignedIn, address: AccountAddress) {
  return accountOf(accountRecord(signedIn, address));
}
