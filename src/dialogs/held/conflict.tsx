import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../agent/api/routes.ts';

export type ConflictValues = Answer<'conflicts'>[number];

const useStyles = makeStyles({
  sides: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(210px, 1fr))', gap: '8px', padding: '8px 0' },
  side: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: '8px',
    padding: '10px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  name: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  values: { margin: 0, flexGrow: 1 },
  field: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  value: { margin: '0 0 6px', overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' },
  keep: { alignSelf: 'flex-start' },
});

export type ConflictProps = {
  readonly title: string;
  /** Undefined while both sides are asked. */
  readonly values: ConflictValues | undefined;
  readonly busy: boolean;
  readonly onKeep: (side: 'server' | 'outlook') => void;
};

/** What each side says, beside each other, and the button that keeps it. */
export function Conflict({ title, values, busy, onKeep }: ConflictProps) {
  const { t } = useTranslation();
  const styles = useStyles();
  return (
    <div className={styles.sides}>
      {(['server', 'outlook'] as const).map((side) => (
        <section key={side} className={styles.side} aria-label={`${t(`side.${side}`)}: ${title}`}>
          <h2 className={styles.name}>{t(`side.${side}`)}</h2>
          <dl className={styles.values}>
            {values === undefined && <Spinner size="tiny" label={t('held.reading')} />}
            {values?.fields.map(({ field, [side]: value }) => [
              <dt key={`${field}-name`} className={styles.field}>
                {field}
              </dt>,
              <dd key={field} className={styles.value}>
                {value}
              </dd>,
            ])}
          </dl>
          <Button
            size="small"
            className={styles.keep}
            disabled={busy}
            aria-label={`${t(`held.${side}`)}: ${title}`}
            onClick={() => onKeep(side)}
          >
            {t(`held.${side}`)}
          </Button>
        </section>
      ))}
    </div>
  );
}
