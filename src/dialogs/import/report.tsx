import { makeStyles, tokens } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../agent/api/routes.ts';
import { Section, Table } from '../app/section.tsx';
import { FailureBar, Notice } from '../app/told.tsx';

export type Report = NonNullable<Answer<'import'>['report']>;
type Row = Report['rows'][number];
type Words = ReturnType<typeof useTranslation>['t'];

const KINDS = ['event', 'contact', 'group'] as const;

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  row: {
    padding: '4px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'anywhere',
    contentVisibility: 'auto',
    containIntrinsicSize: 'auto 24px',
  },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** How many of all kinds became this. */
export function countOf({ counts }: Report, fate: Row['fate']): number {
  return KINDS.reduce((sum, kind) => sum + counts[kind][fate], 0);
}

/** What an import found, or did: counts, the items, and what cannot be taken with its reason. */
export function ReportView({ report, taken }: { report: Report; taken: boolean }) {
  const { t } = useTranslation();
  const done = taken ? 'taken' : 'new';
  const kinds = KINDS.filter((kind) => Object.values(report.counts[kind]).some((count) => count > 0));
  const listed = report.rows.filter(({ fate }) => fate === done);
  return (
    <>
      {report.sources.map(({ name, failure }) => (
        <FailureBar key={name} failure={failure && { ...failure, message: failedWords(t, name, failure) }} />
      ))}
      {report.outcome === 'cancelled' && <Notice intent="warning">{t('import.cancelled')}</Notice>}
      {taken && report.outcome === 'done' && (
        <Notice intent={countOf(report, 'refused') > 0 ? 'warning' : 'success'}>
          {t('import.done', { count: countOf(report, 'taken') })}
        </Notice>
      )}
      {kinds.length === 0 && report.sources.every(({ failure }) => failure === null) && (
        <Notice>{t('import.nothing')}</Notice>
      )}
      {kinds.length > 0 && (
        <Table
          heads={[
            t('import.what'),
            t(`import.fate.${done}`),
            t('import.fate.there'),
            t('import.fate.left'),
            t('import.fate.refused'),
          ]}
          rows={kinds.map((kind) => {
            const { [done]: count, there, left, refused } = report.counts[kind];
            return { key: kind, cells: [t(`import.kind.${kind}`), count, there, left, refused] };
          })}
        />
      )}
      {report.others > 0 && <Notice>{t('import.others', { count: report.others })}</Notice>}
      <Rows title={t('import.refused')} rows={report.refused} />
      <Rows title={t(taken ? 'import.takenList' : 'import.newList')} rows={listed} />
    </>
  );
}

/** In English the agent's own words, which say more; in other languages what the code means. */
function failedWords(t: Words, name: string, { code, message }: { readonly code: string; readonly message: string }) {
  return t(`import.failure.${code}` as 'import.failure.IMPORT_DAMAGED', {
    name,
    message,
    defaultValue: `${name}: ${message}`,
  });
}

function Rows({ title, rows }: { title: string; rows: readonly Row[] }) {
  const { t } = useTranslation();
  const styles = useStyles();
  if (rows.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={styles.list} aria-label={title}>
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows never move, and two may be the same in every word
          <li key={at} className={styles.row}>
            {row.title || t('import.untitled')}
            <div className={styles.quiet}>{detailsOf(row, t).join(' · ')}</div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function detailsOf({ what, when, from, reason, detail }: Row, t: Words): string[] {
  const why = reason === null ? [] : [t(`import.reason.${reason}`), ...(SAID_BY_OTHERS.has(reason) ? [detail] : [])];
  return [t(`import.one.${what}`), when, from, ...why].filter((word) => word !== '');
}

/** Of these the words of the server, of Outlook or of the reader say what our own cannot. */
const SAID_BY_OTHERS: ReadonlySet<string> = new Set(['server', 'outlook', 'invalid']);
