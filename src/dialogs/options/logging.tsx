import { Button, Switch } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { go } from '../app/app.tsx';
import { Section } from '../app/section.tsx';
import type { AllOptions, Change } from './options.tsx';

/** The log, the report for whoever helps, and what the server's administrator may know. */
export function Logging({ options, onChange }: { options: AllOptions; onChange: Change }) {
  const { t } = useTranslation();
  return (
    <Section title={t('options.logging')} text={t('options.loggingText')}>
      <Switch
        disabled={options.managed.includes('advancedLogging')}
        checked={options.advancedLogging}
        label={t('options.advancedLogging')}
        onChange={(_event, { checked }) => onChange({ advancedLogging: checked })}
      />
      {options.managed.includes('advancedLogging') && <p>{t('managed')}</p>}
      <Switch
        checked={options.shareStatus}
        label={t('options.shareStatus')}
        onChange={(_event, { checked }) => onChange({ shareStatus: checked })}
      />
      <div>
        <Button onClick={() => go('report')}>{t('options.report')}</Button>
      </div>
    </Section>
  );
}
