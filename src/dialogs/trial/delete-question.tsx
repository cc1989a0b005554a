import { Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeed } from '../app/ask.ts';
import { Question } from '../app/question.tsx';
import { FailureBar } from '../app/told.tsx';
import { type Place, trial } from './client.ts';

export type Doomed = {
  readonly place: Place;
  readonly item: string;
  /** Names the occurrence; null: the item does not repeat. */
  readonly at: string | null;
  readonly title: string;
};

/** Whether to delete, and of a series what. */
export function DeleteQuestion({ doomed, onClose }: { doomed: Doomed; onClose: () => void }) {
  const { t } = useTranslation('trial');
  const deed = useDeed();
  const [whole, setWhole] = useState(false);
  const { place, item, at, title } = doomed;
  const remove = async () => {
    const one = at === null || whole ? {} : { at };
    if ((await deed.run(() => trial.post('trial/delete', { ...place, item, ...one }))) !== undefined) onClose();
  };
  return (
    <Question
      title={t('deleteTitle', { title: title || t('noTitle') })}
      yes={t('delete')}
      busy={deed.busy}
      onYes={() => void remove()}
      onNo={onClose}
    >
      <FailureBar failure={deed.failure} />
      {at === null ? (
        t('deleteOne')
      ) : (
        <RadioGroup
          aria-label={t('form.which')}
          value={whole ? 'series' : 'one'}
          onChange={(_event, { value }) => setWhole(value === 'series')}
        >
          <Radio value="one" label={t('form.occurrence')} />
          <Radio value="series" label={t('form.series')} />
        </RadioGroup>
      )}
    </Question>
  );
}
