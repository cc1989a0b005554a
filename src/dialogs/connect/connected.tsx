import { Button, Field, Input, makeStyles, Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account, Status } from '../../agent/api/shapes.ts';
import { useDeed } from '../app/ask.ts';
import { Facts } from '../app/facts.tsx';
import { agent } from '../app/live.tsx';
import { FailureBar, Notice } from '../app/told.tsx';
import { moment } from '../app/when.ts';
import { CloseButton, Window } from '../app/window.tsx';
import { Leaving } from './leaving.tsx';
import { messageOf } from './sign-in.tsx';

const useStyles = makeStyles({ row: { display: 'flex', gap: '8px', alignItems: 'flex-end', flexWrap: 'wrap' } });

export function Connected({ account, status }: { account: Account; status: Status }) {
  const { t } = useTranslation();
  const { busy, failure, run } = useDeed();
  const [said, setSaid] = useState<string>();
  const [leaving, setLeaving] = useState(false);
  const test = async () => {
    setSaid(undefined);
    const { server, login } = account;
    const known = await run(() => agent.post('account/test', { server, login }));
    const version = known?.serverVersion || t('connect.unknownVersion');
    if (known) setSaid(t('connect.works', { name: known.name, version }));
  };
  return (
    <Window
      title={t('connect.title')}
      intro={t('connect.connectedIntro')}
      buttons={
        <>
          {busy && <Spinner size="tiny" label={t('connect.trying')} />}
          <Button disabled={busy} onClick={() => setLeaving(true)}>
            {t('connect.disconnect')}
          </Button>
          <Button disabled={busy} onClick={() => void test()}>
            {t('connect.test')}
          </Button>
          <CloseButton />
        </>
      }
    >
      {status.paused && (
        <Notice intent="warning" title={t('connect.pausedTitle', { time: moment(status.paused.since) })}>
          {t('connect.pausedPassword')}
        </Notice>
      )}
      <FailureBar failure={failure} />
      {said !== undefined && <Notice intent="success">{said}</Notice>}
      <Facts
        facts={[
          [t('connect.user'), `${account.name} (${account.login})`],
          [t('connect.server'), account.server],
          [t('connect.version'), account.serverVersion || t('connect.unknownVersion')],
          ...(account.proxy === '' ? [] : [[t('connect.proxy'), account.proxy] as const]),
        ]}
      />
      <NewPassword />
      {leaving && <Leaving onEnd={() => setLeaving(false)} />}
    </Window>
  );
}

function NewPassword() {
  const { t } = useTranslation();
  const styles = useStyles();
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const { busy, failure, run, forget } = useDeed();
  const change = async () => {
    if (await run(() => agent.post('account/password', { password }))) {
      setPassword('');
      setDone(true);
    }
  };
  return (
    <section>
      <div className={styles.row}>
        <Field
          label={t('connect.newPassword')}
          {...messageOf(failure && t(`failures.${failure.code}` as 'failures.BUG', { defaultValue: failure.message }))}
        >
          <Input
            id="new-password"
            type="password"
            value={password}
            autoComplete="current-password"
            onChange={(_event, { value }) => {
              setPassword(value);
              setDone(false);
              forget();
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || password === '') return;
              event.preventDefault();
              void change();
            }}
          />
        </Field>
        <Button disabled={busy || password === ''} onClick={() => void change()}>
          {t('connect.changePassword')}
        </Button>
      </div>
      {done && <Notice intent="success">{t('connect.passwordChanged')}</Notice>}
    </section>
  );
}
