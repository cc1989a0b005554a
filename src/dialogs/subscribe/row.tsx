import { Badge, Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Container } from './subscribe.tsx';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'auto 12px minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: '8px',
    minHeight: '40px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    // Rows out of sight cost nothing, however many there are.
    contentVisibility: 'auto',
    containIntrinsicSize: 'auto 41px',
  },
  color: { width: '12px', height: '12px', borderRadius: '3px', border: `1px solid ${tokens.colorNeutralStroke1}` },
  name: { overflow: 'hidden', textOverflow: 'ellipsis' },
  owner: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export type RowProps = {
  readonly container: Container;
  readonly checked: boolean;
  readonly onToggle: (container: Container, subscribed: boolean) => void;
};

/** One container: a box, its colour, name, owner, and whether it may be written. */
export const Row = memo(
  ({ container, checked, onToggle }: RowProps) => {
    const styles = useStyles();
    const { t } = useTranslation();
    const { name, owner, access, color, fixed } = container;
    const under = fixed === null ? owner : t(`subscribe.${fixed}`);
    return (
      <li className={styles.row}>
        <Checkbox
          checked={checked}
          disabled={fixed !== null}
          aria-label={[name, owner, t(access === 'R' ? 'subscribe.readOnly' : 'subscribe.readWrite')]
            .filter(Boolean)
            .join(', ')}
          onChange={(_event, { checked: on }) => onToggle(container, on === true)}
        />
        <span className={styles.color} style={{ backgroundColor: color ?? 'transparent' }} aria-hidden />
        <span className={styles.name}>
          {name}
          {under !== '' && <div className={styles.owner}>{under}</div>}
        </span>
        <Badge
          appearance="outline"
          color="informative"
          title={t(access === 'R' ? 'subscribe.readOnly' : 'subscribe.readWrite')}
        >
          {access}
        </Badge>
      </li>
    );
  },
  (before, after) => before.checked === after.checked && before.container === after.container,
);
