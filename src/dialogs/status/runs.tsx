import { makeStyles, tokens } from '@fluentui/react-components';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { RunSummary } from '../../agent/api/shapes.ts';
import { useAnswer } from '../app/ask.ts';
import { Section, Table } from '../app/section.tsx';
import { FailureBar, sentenceOf } from '../app/told.tsx';
import { moment } from '../app/when.ts';

const SHOWN = 30;
const [WIDTH, HEIGHT, BAR] = [600, 80, 16] as const;

const useStyles = makeStyles({
  chart: { width: '100%', height: 'auto', display: 'block' },
  good: { fill: tokens.colorBrandBackground },
  bad: { fill: tokens.colorPaletteRedBackground3 },
  quiet: { fill: tokens.colorNeutralStroke1 },
  base: { stroke: tokens.colorNeutralStroke1 },
});

/** The last runs, as a chart and in words. */
export function Runs() {
  const { t } = useTranslation();
  const { answer: runs, failure } = useAnswer('runs', { most: SHOWN }, ['runs']);
  if (failure) return <FailureBar failure={failure} />;
  if (runs === undefined || runs.length === 0) return null;
  return (
    <Section title={t('status.runs')}>
      <Chart runs={[...runs].reverse()} />
      <Table
        heads={[t('status.when'), t('status.result')]}
        rows={runs.slice(0, 8).map((run) => ({ key: String(run.id), cells: [moment(run.startedAt), wordsOf(run, t)] }))}
      />
    </Section>
  );
}

/** One bar a run, oldest first; heights are logarithmic, so that the first run does not flatten all others. */
function Chart({ runs }: { runs: readonly RunSummary[] }) {
  const { t } = useTranslation();
  const styles = useStyles();
  const most = Math.max(1, ...runs.map(({ changes }) => changes));
  const heightOf = ({ changes }: RunSummary) =>
    changes === 0 ? 3 : 6 + (HEIGHT - 8) * (Math.log1p(changes) / Math.log1p(most));
  const kindOf = ({ failed, failure, changes }: RunSummary) => {
    if (failed > 0 || failure) return styles.bad;
    return changes === 0 ? styles.quiet : styles.good;
  };
  return (
    <svg
      className={styles.chart}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={t('status.chart', { count: runs.length })}
    >
      <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className={styles.base} />
      {runs.map((run, at) => (
        <rect
          key={run.id}
          className={kindOf(run)}
          x={at * (WIDTH / SHOWN)}
          y={HEIGHT - heightOf(run)}
          width={BAR}
          height={heightOf(run)}
          rx={2}
        >
          <title>{`${moment(run.startedAt)}: ${wordsOf(run, t)}`}</title>
        </rect>
      ))}
    </svg>
  );
}

function wordsOf(run: RunSummary, t: TFunction): string {
  if (run.failure) return sentenceOf(t, run.failure);
  return [
    run.changes === 0 ? t('synchronize.nothing') : t('synchronize.changes', { count: run.changes }),
    ...(run.failed > 0 ? [t('synchronize.failed', { count: run.failed })] : []),
    ...(run.held > 0 ? [t('synchronize.held', { count: run.held })] : []),
    ...(run.times > 1 ? [t('status.times', { count: run.times })] : []),
  ].join(' ');
}
