import { expect, test } from 'vitest';
import type { BlueMindUser } from '../bluemind/session.ts';
import { testStorage } from '../storage/testing.ts';
import { DISTRUSTED } from '../sync/distrust.ts';
import { mustBeSameAccount, noticeReplacedAccount } from './replaced-account.ts';
import type { Working } from './working.ts';

const user = (mailboxCopyGuid: string | undefined) => ({ mailboxCopyGuid }) as BlueMindUser;

test('[G4] [H26] an account with another copy id than before is compared in full, once', () => {
  const { storage, state } = testStorage();
  const notice = (guid: string | undefined) => {
    const [account] = storage.accounts.all();
    return noticeReplacedAccount({ storage, account } as Working, user(guid));
  };
  const bookmark = () => state.transaction((tx) => tx.setCursor('server', '7@1'));
  bookmark();
  expect([notice(undefined), notice('first'), notice('first'), state.cursor('server')]).toEqual([
    ...[false, false, false],
    '7@1',
  ]);
  expect([notice('second'), state.cursor('server')]).toEqual([true, DISTRUSTED]);
  bookmark();
  expect([notice('second'), state.cursor('server')]).toEqual([false, '7@1']);
  storage.close();
});

test('[F13] the same login with another uid is another account: refused', () => {
  const account = { id: 'a', server: 's', login: 'jane@demo.test', value: { userUid: 'one' } };
  const ask = (uid: string) => () => mustBeSameAccount({ account }, { uid } as BlueMindUser);
  expect(ask('one')).not.toThrow();
  expect(ask('two')).toThrow(/jane@demo\.test as another account/);
});
