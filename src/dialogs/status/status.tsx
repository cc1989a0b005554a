import { Link } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { Account, Status } from '../../agent/api/shapes.ts';
import { go } from '../app/app.tsx';
import { Facts } from '../app/facts.tsx';
import { useLive } from '../app/live.tsx';
import { Notice } from '../app/told.tsx';
import { Waiting } from '../app/waiting.tsx';
import { moment } from '../app/when.ts';
import { CloseButton, Window } from '../app/window.tsx';
import { Attention } from './attention.tsx';
import { Folders } from './folders.tsx';
import { Runs } from './runs.tsx';
import { SelfCheck } from './self-check.tsx';

/** Whether everything is in step, and if not, what is the matter. */
export function StatusWindow() {
  const { t } = useTranslation();
  const { status } = useLive();
  return (
    <Window title={t('status.title')} buttons={<CloseButton />}>
      {status === undefined ? <Waiting /> : <Contents status={status} />}
    </Window>
  );
}

function Contents({ status }: { status: Status }) {
  const { t } = useTranslation();
  if (status.account === null) {
    return (
      <Notice intent="warning">
        {t('synchronize.unconnected')} <Link onClick={() => go('connect')}>{t('windows.connect')}</Link>
      </Notice>
    );
  }
  return (
    <>
      <Notices status={status} />
      <Around status={status} account={status.account} />
      <Attention />
      <Runs />
      <Folders />
      <SelfCheck />
    </>
  );
}

function Notices({ status: { paused, warnings, attention } }: { status: Status }) {
  const { t } = useTranslation();
  return (
    <>
      {paused && (
        <Notice intent="warning" title={t('connect.pausedTitle', { time: moment(paused.since) })}>
          {t('connect.pausedPassword')} <Link onClick={() => go('connect')}>{t('windows.connect')}</Link>
        </Notice>
      )}
      {warnings.map(({ code, message }) => (
        <Notice key={code} intent="warning">
          {t(`warnings.${code}`, { defaultValue: message })}
        </Notice>
      ))}
      {attention.held > 0 && (
        <Notice intent="warning">
          {t('synchronize.held', { count: attention.held })}{' '}
          <Link onClick={() => go('held')}>{t('synchronize.decide')}</Link>
        </Notice>
      )}
    </>
  );
}

function Around({ status, account }: { status: Status; account: Account }) {
  const { t } = useTranslation();
  return (
    <Facts
      facts={[
        [t('connect.user'), `${account.name} (${account.login})`],
        [t('connect.server'), account.server],
        [t('status.state'), t(`status.states.${status.state}`)],
        [t('status.push'), t(`status.pushes.${status.push}`)],
        ...(status.next === null ? [] : [[t('status.next'), moment(status.next)] as const]),
        [t('status.version'), status.version],
      ]}
    />
  );
}
