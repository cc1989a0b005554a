import { useTranslation } from 'react-i18next';
import { useLive } from '../app/live.tsx';
import { Waiting } from '../app/waiting.tsx';
import { Window } from '../app/window.tsx';
import { Connected } from './connected.tsx';
import { SignIn } from './sign-in.tsx';

/** Server, login, password; or, when there is an account, who one is and how to leave. */
export function Connect() {
  const { t } = useTranslation();
  const { status } = useLive();
  if (status === undefined) {
    return (
      <Window title={t('connect.title')}>
        <Waiting />
      </Window>
    );
  }
  return status.account === null ? <SignIn /> : <Connected account={status.account} status={status} />;
}
