import { makeStyles, tokens } from '@fluentui/react-components';
import type { PlanLine } from '../../agent/api/shapes.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  line: { padding: '6px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, contentVisibility: 'auto' },
  why: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** Actions in words, each with its reason. */
export function Lines({ lines }: { lines: readonly { readonly folder: string; readonly line: PlanLine }[] }) {
  const styles = useStyles();
  // A plan keeps its order, so that its places name its lines.
  const placed = lines.map((one, place) => ({ ...one, place }));
  return (
    <ul className={styles.list}>
      {placed.map(({ folder, line, place }) => (
        <li key={place} className={styles.line}>
          <div>{line.what}</div>
          <div className={styles.why}>
            {[folder, line.why, line.fields.join(', '), line.became].filter((words) => words !== '').join(' · ')}
          </div>
        </li>
      ))}
    </ul>
  );
}
