import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Button,
  Field,
  Input,
  makeStyles,
  Spinner,
  Textarea,
} from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field as Box } from '../../agent/api/client.ts';
import { fieldOf } from '../../agent/api/client.ts';
import type { Input as Asked } from '../../agent/api/routes.ts';
import type { Account } from '../../agent/api/shapes.ts';
import { go } from '../app/app.tsx';
import { useDeed } from '../app/ask.ts';
import { agent, useLive } from '../app/live.tsx';
import { FailureBar, Notice, sentenceOf } from '../app/told.tsx';
import { CloseButton, Window } from '../app/window.tsx';

const useStyles = makeStyles({ more: { display: 'flex', flexDirection: 'column', rowGap: '12px' } });

type Boxes = { server: string; login: string; password: string; proxy: string; certificates: string };

export function SignIn() {
  const { t } = useTranslation();
  const styles = useStyles();
  const [boxes, setBoxes] = useState<Boxes>({ server: '', login: '', password: '', proxy: '', certificates: '' });
  const [missing, setMissing] = useState<Partial<Record<Box, string>>>({});
  const [tested, setTested] = useState<Account>();
  const [opened, setOpened] = useState<readonly string[]>([]);
  const { busy, failure, run, forget } = useDeed();
  const { status } = useLive();
  const managed = status?.server ?? null;
  useEffect(() => {
    if (managed !== null) setBoxes((before) => ({ ...before, server: managed }));
  }, [managed]);

  const failed = failure === undefined ? undefined : fieldOf(failure);
  const beside = (box: Box) => missing[box] ?? (failure && failed === box ? sentenceOf(t, failure) : undefined);
  const change =
    (box: keyof Boxes) =>
    (_event: unknown, { value }: { value: string }) => {
      setBoxes((before) => ({ ...before, [box]: value }));
      setMissing(({ [box]: _gone, ...rest }) => rest);
      setTested(undefined);
      forget();
    };
  const submit = async (deed: 'account/test' | 'account/connect') => {
    const faults = faultsOf(boxes, t);
    setMissing(faults);
    const [first] = Object.keys(faults);
    if (first !== undefined) return document.getElementById(first)?.focus();
    const account = await run(() => agent.post(deed, askedOf(boxes)));
    if (account === undefined) return undefined;
    if (deed === 'account/connect') return go('synchronize');
    return setTested(account);
  };
  const isMore = failed === 'proxy' || failed === 'certificates';
  return (
    <Window
      title={t('connect.title')}
      intro={t('connect.intro')}
      onSubmit={() => void submit('account/connect')}
      buttons={
        <>
          {busy && <Spinner size="tiny" label={t('connect.trying')} />}
          <Button disabled={busy} onClick={() => void submit('account/test')}>
            {t('connect.test')}
          </Button>
          <CloseButton label={t('cancel')} />
          <Button type="submit" appearance="primary" disabled={busy}>
            {t('connect.connect')}
          </Button>
        </>
      }
    >
      {failed === undefined && <FailureBar failure={failure} />}
      {tested && (
        <Notice intent="success">
          {t('connect.works', { name: tested.name, version: tested.serverVersion || t('connect.unknownVersion') })}
        </Notice>
      )}
      <Field
        label={t('connect.server')}
        hint={managed === null ? t('connect.serverHint') : t('managed')}
        required
        {...messageOf(beside('server'))}
      >
        <Input
          id="server"
          value={boxes.server}
          onChange={change('server')}
          autoComplete="url"
          autoFocus={managed === null}
          disabled={managed !== null}
        />
      </Field>
      <Field label={t('connect.login')} hint={t('connect.loginHint')} required {...messageOf(beside('login'))}>
        <Input id="login" value={boxes.login} onChange={change('login')} autoComplete="username" />
      </Field>
      <Field label={t('connect.password')} required {...messageOf(beside('password'))}>
        <Input
          id="password"
          type="password"
          value={boxes.password}
          onChange={change('password')}
          autoComplete="current-password"
        />
      </Field>
      <Accordion
        collapsible
        openItems={isMore ? ['more'] : [...opened]}
        onToggle={(_event, { openItems }) => setOpened(openItems as string[])}
      >
        <AccordionItem value="more">
          <AccordionHeader>{t('connect.more')}</AccordionHeader>
          <AccordionPanel className={styles.more}>
            <Field label={t('connect.proxy')} hint={t('connect.proxyHint')} {...messageOf(beside('proxy'))}>
              <Input id="proxy" value={boxes.proxy} onChange={change('proxy')} placeholder="http://proxy:3128" />
            </Field>
            <Field
              label={t('connect.certificates')}
              hint={t('connect.certificatesHint')}
              {...messageOf(beside('certificates'))}
            >
              <Textarea
                id="certificates"
                value={boxes.certificates}
                onChange={change('certificates')}
                placeholder="-----BEGIN CERTIFICATE-----"
                rows={3}
              />
            </Field>
          </AccordionPanel>
        </AccordionItem>
      </Accordion>
    </Window>
  );
}

export function messageOf(told: string | undefined) {
  return told === undefined ? {} : { validationMessage: told, validationState: 'error' as const };
}

function faultsOf({ server, login, password }: Boxes, t: ReturnType<typeof useTranslation>['t']) {
  const name = login.trim();
  return {
    ...(server.trim() === '' && { server: t('connect.serverMissing') }),
    ...(name === '' && { login: t('connect.loginMissing') }),
    ...(name !== '' && !/^[^@\s]+@[^@\s]+$/.test(name) && { login: t('failures.LOGIN_WITHOUT_DOMAIN') }),
    ...(password === '' && { password: t('connect.passwordMissing') }),
  };
}

function askedOf({ server, login, password, proxy, certificates }: Boxes): Asked<'account/connect'> {
  return {
    server: server.trim(),
    login: login.trim(),
    password,
    ...(proxy.trim() !== '' && { proxy: proxy.trim() }),
    ...(certificates.trim() !== '' && { certificates: certificates.trim() }),
  };
}
