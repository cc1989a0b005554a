import { Dropdown, Field, Option, Switch } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useLive } from '../app/live.tsx';
import { Section } from '../app/section.tsx';
import { NumberBox } from './number-box.tsx';
import type { AllOptions, Change } from './options.tsx';

const LANGUAGES = ['system', 'en', 'fr'] as const;

export function General({ options, onChange }: { options: AllOptions; onChange: Change }) {
  const { t } = useTranslation();
  const { status } = useLive();
  const names = { system: t('options.system'), en: 'English', fr: 'Français' };
  const isManaged = (name: string) => options.managed.includes(name);
  const minutes = status?.sendReceive.minutes ?? null;
  const outlook = minutes === null ? t('options.noSendReceive') : t('options.sendReceive', { minutes });
  return (
    <Section title={t('options.general')}>
      <Field label={t('options.language')} {...(isManaged('language') && { hint: t('managed') })}>
        <Dropdown
          disabled={isManaged('language')}
          value={names[options.language]}
          selectedOptions={[options.language]}
          onOptionSelect={(_event, { optionValue }) => {
            onChange({ language: LANGUAGES.find((language) => language === optionValue) ?? 'system' });
          }}
        >
          {LANGUAGES.map((language) => (
            <Option key={language} value={language}>
              {names[language]}
            </Option>
          ))}
        </Dropdown>
      </Field>
      <NumberBox
        label={t('options.minutes')}
        hint={options.minutes < 10 ? `${outlook} ${t('warnings.INTERVAL_SHORT')}` : outlook}
        managed={isManaged('minutes')}
        value={options.minutes}
        least={1}
        most={1440}
        onChange={(value) => onChange({ minutes: value })}
      />
      <Switch
        disabled={isManaged('notices')}
        checked={options.notices}
        label={t('options.notices')}
        onChange={(_event, { checked }) => onChange({ notices: checked })}
      />
      {isManaged('notices') && <p>{t('managed')}</p>}
    </Section>
  );
}
