import { Button, Field, Textarea } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../agent/api/routes.ts';
import { useDeed } from '../app/ask.ts';
import { agent } from '../app/live.tsx';
import { Section } from '../app/section.tsx';
import { FailureBar, Notice } from '../app/told.tsx';
import { Waiting } from '../app/waiting.tsx';
import { CloseButton, Window } from '../app/window.tsx';
import { DataTree } from './data-tree.tsx';

type Made = Answer<'report'>;

/** A report for whoever helps: shown whole, with a note of the user, before it leaves this computer. */
export function Report() {
  const { t } = useTranslation();
  const [made, setMade] = useState<Made>();
  const [note, setNote] = useState('');
  const [done, setDone] = useState<{ readonly number: string } | { readonly file: string }>();
  const { busy, failure, run } = useDeed();
  useEffect(() => {
    void run(() => agent.post('report', {})).then(setMade);
  }, [run]);
  const send = async () => {
    if (made !== undefined) setDone(await run(() => agent.post('report/send', { id: made.id, note })));
  };
  const save = () => {
    if (made === undefined) return;
    download(made.name, withNote(made.text, note));
    setDone({ file: made.name });
  };
  const buttons = (
    <>
      <CloseButton />
      <Button disabled={made === undefined || busy} onClick={save}>
        {t('report.save')}
      </Button>
      {made !== undefined && made.to !== null && (
        <Button
          appearance="primary"
          disabled={busy || (done !== undefined && 'number' in done)}
          onClick={() => void send()}
        >
          {t('report.send', { to: made.to })}
        </Button>
      )}
    </>
  );
  return (
    <Window title={t('report.title')} intro={t('report.intro')} buttons={buttons}>
      <FailureBar failure={failure} />
      {done && 'number' in done && <Notice intent="success">{t('report.sent', { number: done.number })}</Notice>}
      {done && 'file' in done && <Notice intent="success">{t('report.saved', { file: done.file })}</Notice>}
      {made === undefined && !failure && <Waiting />}
      {made && (
        <>
          {made.to === null && <Notice>{t('report.noServer')}</Notice>}
          <Field label={t('report.note')} hint={t('report.noteHint')}>
            <Textarea
              rows={4}
              value={note}
              maxLength={10_000}
              onChange={(_event, { value }) => {
                setNote(value);
                setDone(undefined);
              }}
            />
          </Field>
          <Section title={t('report.contents')} text={t('report.contentsText')}>
            <DataTree value={{ ...(JSON.parse(made.text) as object), note }} />
          </Section>
        </>
      )}
    </Window>
  );
}

function withNote(text: string, note: string): string {
  return `${JSON.stringify({ ...(JSON.parse(text) as object), note }, null, 1)}\n`;
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
