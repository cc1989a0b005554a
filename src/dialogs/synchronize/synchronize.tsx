import { Button, Field, Link, makeStyles, ProgressBar, Spinner, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../agent/api/routes.ts';
import type { Progress, RunSummary, Status } from '../../agent/api/shapes.ts';
import { go } from '../app/app.tsx';
import { useDeed } from '../app/ask.ts';
import { currentLanguage } from '../app/language.ts';
import { agent, useLive } from '../app/live.tsx';
import { FailureBar, Notice } from '../app/told.tsx';
import { Waiting } from '../app/waiting.tsx';
import { lasted, moment } from '../app/when.ts';
import { CloseButton, Window } from '../app/window.tsx';
import { Lines } from './lines.tsx';

const useStyles = makeStyles({
  folders: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  quiet: { color: tokens.colorNeutralForeground2, margin: 0 },
});

export function Synchronize() {
  const { t } = useTranslation();
  const { status, progress } = useLive();
  const { busy, failure, run } = useDeed();
  const [plan, setPlan] = useState<Answer<'plan'>>();
  if (status === undefined) {
    return (
      <Window title={t('synchronize.title')}>
        <Waiting />
      </Window>
    );
  }
  const unconnected = status.account === null;
  const look = async () => setPlan(await run(() => agent.post('plan', { language: currentLanguage() })));
  const begin = () => {
    setPlan(undefined);
    void run(() => agent.post('run', {}));
  };
  return (
    <Window
      title={t('synchronize.title')}
      intro={introOf(status, t)}
      onSubmit={progress === null && !unconnected ? begin : () => {}}
      buttons={
        <>
          {busy && <Spinner size="tiny" label={t('loading')} />}
          {progress === null ? (
            <Button disabled={busy || unconnected} onClick={() => void look()}>
              {t('synchronize.look')}
            </Button>
          ) : (
            <Button disabled={progress.cancelling} onClick={() => void run(() => agent.post('run/cancel', {}))}>
              {progress.cancelling ? t('synchronize.cancelling') : t('synchronize.cancel')}
            </Button>
          )}
          <CloseButton />
          <Button type="submit" appearance="primary" disabled={busy || unconnected || progress !== null}>
            {t('synchronize.begin')}
          </Button>
        </>
      }
    >
      {unconnected && (
        <Notice intent="warning">
          {t('synchronize.unconnected')} <Link onClick={() => go('connect')}>{t('windows.connect')}</Link>
        </Notice>
      )}
      <FailureBar failure={failure} />
      {progress !== null && <Course progress={progress} />}
      {progress === null && plan === undefined && status.last && <Result run={status.last} />}
      {progress === null && plan && <Planned plan={plan} />}
      <Attention status={status} />
    </Window>
  );
}

function introOf({ last, next, sendReceive }: Status, t: ReturnType<typeof useTranslation>['t']): string {
  const parts = [
    last ? t('synchronize.last', { time: moment(last.endedAt ?? last.startedAt) }) : t('synchronize.never'),
    ...(sendReceive.minutes === null ? [] : [t('synchronize.sendReceive', { minutes: sendReceive.minutes })]),
    ...(next === null ? [] : [t('synchronize.next', { time: moment(next) })]),
  ];
  return parts.join(' ');
}

function Course({ progress }: { progress: Progress }) {
  const { t } = useTranslation();
  const styles = useStyles();
  return (
    <section className={styles.folders} aria-live="polite" aria-label={t('synchronize.course')}>
      <p className={styles.quiet}>{t(`why.${progress.why}`)}</p>
      {progress.folders.map(({ name, kind, state, done, total }) => (
        <Field
          key={`${kind} ${name}`}
          label={name}
          hint={state === 'running' && total !== null ? t('synchronize.done', { done, total }) : t(`folder.${state}`)}
          {...(state === 'failed' && { validationState: 'error' as const })}
        >
          <ProgressBar
            thickness="large"
            {...(state === 'running' && total === null ? {} : { value: share(state, done, total) })}
          />
        </Field>
      ))}
    </section>
  );
}

function share(state: Progress['folders'][number]['state'], done: number, total: number | null): number {
  if (state === 'done') return 1;
  return total === null || total === 0 ? 0 : done / total;
}

function Result({ run }: { run: RunSummary }) {
  const { t } = useTranslation();
  const styles = useStyles();
  if (run.failure) return <FailureBar failure={run.failure} />;
  const words = run.changes === 0 ? t('synchronize.nothing') : t('synchronize.changes', { count: run.changes });
  return (
    <section aria-live="polite">
      <Notice intent={run.failed > 0 ? 'warning' : 'success'} title={words}>
        {run.endedAt && t('synchronize.took', { time: lasted(run.startedAt, run.endedAt), count: run.folders })}
        {run.failed > 0 && ` ${t('synchronize.failed', { count: run.failed })}`}
      </Notice>
      {run.notes.map((note) => (
        <p key={note.en} className={styles.quiet}>
          {note[currentLanguage()]}
        </p>
      ))}
    </section>
  );
}

function Planned({ plan }: { plan: Answer<'plan'> }) {
  const { t } = useTranslation();
  if (plan.lines.length === 0) return <Notice intent="success">{t('synchronize.planEmpty')}</Notice>;
  return (
    <section aria-live="polite">
      <p>{t('synchronize.planIntro', { count: plan.lines.length })}</p>
      <Lines lines={plan.lines} />
    </section>
  );
}

function Attention({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { held, items } = status.attention;
  return (
    <>
      {held > 0 && (
        <Notice intent="warning">
          {t('synchronize.held', { count: held })} <Link onClick={() => go('held')}>{t('synchronize.decide')}</Link>
        </Notice>
      )}
      {items > 0 && (
        <Notice intent="warning">
          {t('synchronize.attention', { count: items })}{' '}
          <Link onClick={() => go('status')}>{t('synchronize.show')}</Link>
        </Notice>
      )}
      {status.warnings.map(({ code, message }) => (
        <Notice key={code} intent="warning">
          {t(`warnings.${code}`, { defaultValue: message })}
        </Notice>
      ))}
    </>
  );
}
