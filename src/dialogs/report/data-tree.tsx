import { makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';

const useStyles = makeStyles({
  part: { marginInlineStart: '16px' },
  name: { cursor: 'pointer', padding: '2px 0' },
  leaf: { overflowWrap: 'anywhere', padding: '2px 0', fontFamily: tokens.fontFamilyMonospace },
});

/** A value as a tree of parts that open; by keyboard too, as browsers do it. */
export function DataTree({ value }: { value: unknown }) {
  const entries = Object.entries((value ?? {}) as Readonly<Record<string, unknown>>);
  return (
    <div>
      {entries.map(([name, member]) => (
        <Part key={name} name={name} value={member} />
      ))}
    </div>
  );
}

function Part({ name, value }: { name: string; value: unknown }) {
  const styles = useStyles();
  // Thousands of lines of a log are made into elements only once somebody wants to see them.
  const [open, setOpen] = useState(false);
  const size = typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
  if (size === 0)
    return (
      <div className={styles.leaf}>
        {name}: {JSON.stringify(value)}
      </div>
    );
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={styles.name}>{Array.isArray(value) ? `${name} (${size})` : name}</summary>
      <div className={styles.part}>{open && <DataTree value={value} />}</div>
    </details>
  );
}
