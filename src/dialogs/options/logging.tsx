import { Button, makeStyles, Spinner, Switch, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../agent/api/routes.ts';
import { useDeed } from '../app/ask.ts';
import { agent } from '../app/live.tsx';
import { Question } from '../app/question.tsx';
import { Section } from '../app/section.tsx';
import { FailureBar } from '../app/told.tsx';
import type { AllOptions, Change } from './options.tsx';

const useStyles = makeStyles({ text: { width: '100%', maxWidth: '100%', fontFamily: 'monospace' } });

/** The log, and the report for support: shown whole before it is saved. */
export function Logging({ options, onChange }: { options: AllOptions; onChange: Change }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const [report, setReport] = useState<Answer<'report'>>();
  const { busy, failure, run } = useDeed();
  return (
    <Section title={t('options.logging')} text={t('options.loggingText')}>
      <FailureBar failure={failure} />
      <Switch
        disabled={options.managed.includes('advancedLogging')}
        checked={options.advancedLogging}
        label={t('options.advancedLogging')}
        onChange={(_event, { checked }) => onChange({ advancedLogging: checked })}
      />
      {options.managed.includes('advancedLogging') && <p>{t('managed')}</p>}
      <div>
        <Button disabled={busy} onClick={() => void run(() => agent.post('report', {})).then(setReport)}>
          {t('options.report')}
        </Button>
        {busy && <Spinner size="tiny" label={t('loading')} />}
      </div>
      {report && (
        <Question
          title={t('options.reportTitle')}
          yes={t('options.reportSave')}
          onYes={() => {
            download(report);
            setReport(undefined);
          }}
          onNo={() => setReport(undefined)}
        >
          <p>{t('options.reportText')}</p>
          <Textarea
            className={styles.text}
            rows={14}
            readOnly
            value={report.text}
            aria-label={t('options.reportTitle')}
          />
        </Question>
      )}
    </Section>
  );
}

function download({ name, text }: Answer<'report'>): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
