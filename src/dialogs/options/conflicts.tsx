import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { Section } from '../app/section.tsx';
import { NumberBox } from './number-box.tsx';
import type { AllOptions, Change } from './options.tsx';

const RULES = ['server', 'outlook', 'ask'] as const;

/** What happens where both sides changed, and when deletions are held. */
export function Conflicts({ options, onChange }: { options: AllOptions; onChange: Change }) {
  const { t } = useTranslation();
  const isManaged = (name: string) => options.managed.includes(name);
  return (
    <Section title={t('options.conflicts')} text={t('options.conflictsText')}>
      <Field label={t('options.rule')} {...(isManaged('conflicts') && { hint: t('managed') })}>
        <RadioGroup
          disabled={isManaged('conflicts')}
          value={options.conflicts}
          onChange={(_event, { value }) => onChange({ conflicts: RULES.find((rule) => rule === value) ?? 'server' })}
        >
          {RULES.map((rule) => (
            <Radio key={rule} value={rule} label={t(`options.rules.${rule}`)} />
          ))}
        </RadioGroup>
      </Field>
      <NumberBox
        label={t('options.guardCount')}
        hint={t('options.guardHint')}
        managed={isManaged('guardCount')}
        value={options.guardCount}
        least={0}
        most={1_000_000}
        onChange={(guardCount) => onChange({ guardCount })}
      />
      <NumberBox
        label={t('options.guardShare')}
        managed={isManaged('guardShare')}
        value={options.guardShare}
        least={0}
        most={100}
        onChange={(guardShare) => onChange({ guardShare })}
      />
      <NumberBox
        label={t('options.historyDays')}
        managed={isManaged('historyDays')}
        value={options.historyDays}
        least={1}
        most={3650}
        onChange={(historyDays) => onChange({ historyDays })}
      />
      <NumberBox
        label={t('options.historyMegabytes')}
        managed={isManaged('historyMegabytes')}
        value={options.historyMegabytes}
        least={1}
        most={100_000}
        onChange={(historyMegabytes) => onChange({ historyMegabytes })}
      />
      <NumberBox
        label={t('options.reportDays')}
        managed={isManaged('reportDays')}
        value={options.reportDays}
        least={1}
        most={3650}
        onChange={(reportDays) => onChange({ reportDays })}
      />
    </Section>
  );
}
