import { useTranslation } from 'react-i18next';
import type { Answer, Input } from '../../agent/api/routes.ts';
import { useAnswer, useDeed } from '../app/ask.ts';
import { agent } from '../app/live.tsx';
import { FailureBar } from '../app/told.tsx';
import { Waiting } from '../app/waiting.tsx';
import { CloseButton, Window } from '../app/window.tsx';
import { Conflicts } from './conflicts.tsx';
import { General } from './general.tsx';
import { Logging } from './logging.tsx';
import { Reset } from './reset.tsx';

export type AllOptions = Answer<'options'>;
export type Change = (change: Input<'options/save'>) => void;

/** Everything that most people never need. Each choice is kept as it is made. */
export function Options() {
  const { t } = useTranslation();
  const { answer: options, failure, again } = useAnswer('options', {}, ['options']);
  const deed = useDeed();
  const change: Change = (wanted) => {
    void deed.run(() => agent.post('options/save', wanted)).then(again);
  };
  return (
    <Window title={t('options.title')} intro={t('options.intro')} buttons={<CloseButton />}>
      <FailureBar failure={deed.failure ?? failure} />
      {options === undefined && !failure && <Waiting />}
      {options && (
        <>
          <General options={options} onChange={change} />
          <Conflicts options={options} onChange={change} />
          <Logging options={options} onChange={change} />
          <Reset />
        </>
      )}
    </Window>
  );
}
