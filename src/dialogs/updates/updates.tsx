import { Button, ProgressBar, Spinner, Switch } from '@fluentui/react-components';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../agent/api/routes.ts';
import { useAnswer, useDeed } from '../app/ask.ts';
import { Facts } from '../app/facts.tsx';
import { currentLanguage } from '../app/language.ts';
import { agent } from '../app/live.tsx';
import { Section } from '../app/section.tsx';
import { FailureBar, Notice, sentenceOf } from '../app/told.tsx';
import { Waiting } from '../app/waiting.tsx';
import { moment } from '../app/when.ts';
import { CloseButton, Window } from '../app/window.tsx';
import { News } from './news.tsx';

type Known = Answer<'updates'>;

/** New versions: what is known, when they are installed, and what is new. */
export function Updates() {
  const { t } = useTranslation();
  const { answer, failure, again } = useAnswer('updates', { language: currentLanguage() }, ['updates', 'options']);
  const deed = useDeed();
  const run = (work: () => Promise<unknown>) => void deed.run(work).then(again);
  return (
    <Window title={t('updates.title')} intro={t('updates.intro')} buttons={<CloseButton />}>
      <FailureBar failure={deed.failure ?? failure} />
      {answer === undefined && !failure && <Waiting />}
      {answer && (
        <>
          <Last known={answer} />
          <State known={answer} />
          <Offer known={answer} onInstall={(when) => run(() => agent.post('updates/install', { when }))} />
          <div>
            <Button
              disabled={deed.busy || answer.off !== null}
              onClick={() => run(() => agent.post('updates/check', {}))}
            >
              {t('updates.check')}
            </Button>
            {deed.busy && <Spinner size="tiny" label={t('updates.checking')} />}
          </div>
          <Choices off={answer.off} onFailed={again} />
        </>
      )}
      <News />
    </Window>
  );
}

function State({ known }: { known: Known }) {
  const { t } = useTranslation();
  const { installed, off, checked, next, channel } = known;
  return (
    <>
      {off !== null && <Notice intent="info">{t(`updates.off.${off}`)}</Notice>}
      <Facts
        facts={[
          [t('updates.installed'), installed],
          ...(off === null ? [[t('updates.channel'), t(`updates.channels.${channel}`)] as const] : []),
          ...(checked === null || checked.failure?.code === 'UPDATE_OFF'
            ? [] // the notice above says it
            : [[t('updates.checked'), checkedWords(checked, t)] as const]),
          ...(next === null || off !== null ? [] : [[t('updates.next'), moment(next)] as const]),
        ]}
      />
    </>
  );
}

function checkedWords({ at, failure }: NonNullable<Known['checked']>, t: TFunction): string {
  return failure === null ? moment(at) : `${moment(at)}: ${sentenceOf(t, failure)} [${failure.code}]`;
}

/** What is offered, how far it is, and the question when to install it. */
function Offer({ known, onInstall }: { known: Known; onInstall: (when: 'now' | 'tonight' | 'later') => void }) {
  const { t } = useTranslation();
  const { offer, state, done, outlook, wish } = known;
  if (offer === null) return null;
  return (
    <Section title={t('updates.offer', { version: offer.version })}>
      <p>{t(`updates.states.${state}`)}</p>
      {done !== null && <ProgressBar value={done} max={offer.size} aria-label={t('updates.states.downloading')} />}
      <ul>
        {offer.news.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {state === 'staged' && (
        <>
          {wish !== null && wish.at !== null && (
            <Notice>
              {t(`updates.wish.${wish.when === 'later' ? 'later' : 'tonight'}`, { time: moment(wish.at) })}
            </Notice>
          )}
          {outlook && <p>{t('updates.question')}</p>}
          <div>
            <Button appearance="primary" onClick={() => onInstall('now')}>
              {outlook ? t('updates.nowOutlook') : t('updates.now')}
            </Button>{' '}
            {outlook && (
              <>
                <Button onClick={() => onInstall('tonight')}>{t('updates.tonight')}</Button>{' '}
                <Button onClick={() => onInstall('later')}>{t('updates.later')}</Button>
              </>
            )}
          </div>
        </>
      )}
    </Section>
  );
}

/** What became of the last update, when it did not stay. */
function Last({ known: { last } }: { known: Known }) {
  const { t } = useTranslation();
  if (last === null || last.did === 'installed') return null;
  return <Notice intent="warning">{t('updates.returned', { version: last.version, from: last.from })}</Notice>;
}

/** Where no choice of the user brings updates, there is none to make. */
function Choices({ off, onFailed }: { off: Known['off']; onFailed: () => void }) {
  const { t } = useTranslation();
  const { answer: options, again } = useAnswer('options', {}, ['options']);
  const { run, failure } = useDeed();
  if (options === undefined) return null;
  const save = (change: Parameters<typeof agent.post<'options/save'>>[1]) =>
    void run(() => agent.post('options/save', change)).then(() => {
      again();
      onFailed();
    });
  const never = off === 'policy' || off === 'source' || off === 'not-installed' || off === 'no-key';
  const isManaged = (name: 'updates' | 'updateChannel') => options.managed.includes(name);
  return (
    <div>
      <FailureBar failure={failure} />
      <Switch
        disabled={never || isManaged('updates')}
        checked={options.updates}
        label={t('updates.automatic')}
        onChange={(_event, { checked }) => save({ updates: checked })}
      />
      <Switch
        disabled={never || isManaged('updateChannel')}
        checked={options.updateChannel === 'preview'}
        label={t('updates.preview')}
        onChange={(_event, { checked }) => save({ updateChannel: checked ? 'preview' : 'stable' })}
      />
      {options.managed.some((name) => name === 'updates' || name === 'updateChannel') && <p>{t('managed')}</p>}
    </div>
  );
}
