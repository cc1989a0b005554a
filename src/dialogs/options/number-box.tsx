import { Field, SpinButton } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

export type NumberBoxProps = {
  readonly label: string;
  readonly hint?: string;
  /** Set by the organisation: shown, and not to be changed. */
  readonly managed?: boolean;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
};

/** A whole number within limits; what is not one is said beside the box and not kept. */
export function NumberBox({ label, hint, managed = false, value, least, most, onChange }: NumberBoxProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(String(value));
  useEffect(() => setShown(String(value)), [value]);
  const isGood = (text: string) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
  const set = (text: string) => {
    setShown(text);
    if (isGood(text) && Number(text) !== value) onChange(Number(text));
  };
  const fault = t('options.between', { least, most });
  return (
    <Field
      label={label}
      {...(managed ? { hint: t('managed') } : hint !== undefined && { hint })}
      {...(isGood(shown) ? {} : { validationState: 'error', validationMessage: fault })}
    >
      <SpinButton
        disabled={managed}
        value={isGood(shown) ? Number(shown) : null}
        displayValue={shown}
        min={least}
        max={most}
        onChange={(_event, { value: stepped, displayValue }) => set(String(stepped ?? displayValue ?? ''))}
      />
    </Field>
  );
}
