import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';

export type UnsentChoice = 'send' | 'drop';

/** What becomes of changes that BlueMind does not have yet. */
export function UnsentQuestion({
  choice,
  onChoice,
}: {
  choice: UnsentChoice;
  onChoice: (choice: UnsentChoice) => void;
}) {
  const { t } = useTranslation();
  return (
    <Field label={t('options.unsentWhat')}>
      <RadioGroup value={choice} onChange={(_event, { value }) => onChoice(value === 'drop' ? 'drop' : 'send')}>
        <Radio value="send" label={t('options.unsentSend')} />
        <Radio value="drop" label={t('options.unsentDrop')} />
      </RadioGroup>
    </Field>
  );
}
