/** What went wrong or well, in the user's language. */
import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Failed } from '../../agent/api/shapes.ts';
import type { Failure } from '../../base/failure.ts';

type Told = Pick<Failure | Failed, 'code' | 'message'>;

/** The sentence for a failure: ours for the codes that windows expect, else the agent's own words. */
export function sentenceOf(t: TFunction, { code, message }: Told): string {
  return t(`failures.${code}` as 'failures.BUG', { defaultValue: message });
}

/** A failure of the window as a whole; those of one box stand beside it. */
export function FailureBar({ failure }: { failure: Told | undefined | null }) {
  const { t } = useTranslation();
  if (failure === undefined || failure === null) return null;
  return (
    <MessageBar intent="error" role="alert">
      <MessageBarBody>
        {sentenceOf(t, failure)} <small>[{failure.code}]</small>
      </MessageBarBody>
    </MessageBar>
  );
}

export function Notice({
  intent = 'info',
  title,
  children,
}: {
  intent?: 'info' | 'success' | 'warning';
  title?: string;
  children: React.ReactNode;
}) {
  return (
    <MessageBar intent={intent} layout="multiline" role="status">
      <MessageBarBody>
        {title !== undefined && <MessageBarTitle>{title}</MessageBarTitle>}
        {children}
      </MessageBarBody>
    </MessageBar>
  );
}
