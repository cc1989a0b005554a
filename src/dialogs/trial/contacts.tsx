/** The contacts of one side, by name; Enter opens, Delete deletes. */
import { Button, makeStyles, SearchBox, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact } from './client.ts';

const useStyles = makeStyles({
  whole: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0, rowGap: '6px' },
  search: { maxWidth: '100%', flexShrink: 0 },
  list: { margin: 0, padding: 0, listStyleType: 'none', overflowY: 'auto', flexGrow: 1, minHeight: '160px' },
  row: { width: '100%', justifyContent: 'flex-start', textAlign: 'start', fontWeight: tokens.fontWeightRegular },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
  more: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export type ContactsProps = {
  readonly rows: readonly Contact[];
  readonly editable: boolean;
  readonly onOpen: (row: Contact) => void;
  readonly onDelete: (row: Contact) => void;
};

export function Contacts({ rows, editable, onOpen, onDelete }: ContactsProps) {
  const { t } = useTranslation('trial');
  const styles = useStyles();
  const [find, setFind] = useState('');
  const words = find.trim().toLowerCase();
  const shown = rows.filter(({ name, company, email }) => `${name} ${company} ${email}`.toLowerCase().includes(words));
  return (
    <div className={styles.whole}>
      <SearchBox
        className={styles.search}
        aria-label={t('search')}
        placeholder={t('search')}
        value={find}
        onChange={(_event, { value }) => setFind(value)}
      />
      <ul className={styles.list} aria-label={t('contacts')}>
        {shown.length === 0 && <li>{t('noContacts')}</li>}
        {shown.map((row) => (
          <li key={row.item}>
            <Button
              appearance="subtle"
              className={styles.row}
              onClick={() => onOpen(row)}
              onKeyDown={(event) => {
                if (event.key === 'Delete' && editable) onDelete(row);
              }}
            >
              <span className={styles.words}>
                {row.name || t('noTitle')}
                <br />
                <span className={styles.more}>{[row.company, row.email, row.phone].filter(Boolean).join(' · ')}</span>
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
