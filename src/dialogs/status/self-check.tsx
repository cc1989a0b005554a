import { Button, Spinner } from '@fluentui/react-components';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../agent/api/routes.ts';
import { useDeed } from '../app/ask.ts';
import { agent } from '../app/live.tsx';
import { Section, Table } from '../app/section.tsx';
import { FailureBar, Notice, sentenceOf } from '../app/told.tsx';
import { reader } from '../app/when.ts';

type Checked = Answer<'verify'>;
type Unequal = Checked['folders'][number]['unequal'][number];

/** Compares both sides item by item, without the connector's memory; nothing is written. */
export function SelfCheck() {
  const { t } = useTranslation();
  const [checked, setChecked] = useState<Checked>();
  const { busy, failure, run } = useDeed();
  const check = async () => {
    setChecked(undefined);
    setChecked(await run(() => agent.post('verify', reader())));
  };
  const compared = checked?.folders.reduce((sum, folder) => sum + folder.equal, 0) ?? 0;
  const rows = checked?.folders.flatMap(({ name, unequal, failure: why }) => [
    ...(why ? [{ key: name, cells: [name, sentenceOf(t, why)] }] : []),
    ...unequal.map((item, at) => ({ key: `${name} ${at}`, cells: [`${item.title} (${name})`, wordsOf(item, t)] })),
  ]);
  return (
    <Section title={t('status.selfCheck')} text={t('status.selfCheckText')}>
      <div>
        <Button disabled={busy} onClick={() => void check()}>
          {t('status.check')}
        </Button>
        {busy && <Spinner size="tiny" label={t('status.checking')} />}
      </div>
      <FailureBar failure={failure} />
      {checked?.equal && <Notice intent="success">{t('status.equal', { count: compared })}</Notice>}
      {rows !== undefined && rows.length > 0 && (
        <Table heads={[t('status.item'), t('status.difference')]} rows={rows} />
      )}
    </Section>
  );
}

function wordsOf({ what, on, fields }: Unequal, t: TFunction): string {
  if (what === 'missing') return t('status.unequal.missing', { where: t(`side.${on ?? 'outlook'}`) });
  if (what !== 'differs') return t(`status.unequal.${what}`);
  return fields.map((field) => t('status.unequal.field', field)).join('; ');
}
