import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { DeleteRegular, EditRegular } from '@fluentui/react-icons';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnBook } from './own-books.tsx';

const useStyles = makeStyles({
  row: {
    display: 'flex',
    alignItems: 'center',
    columnGap: '8px',
    minHeight: '44px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  name: {
    flexGrow: 1,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    textAlign: 'start',
    justifyContent: 'flex-start',
  },
  note: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

export type BookProps = {
  readonly book: OwnBook;
  /** Answers whether it is done. */
  readonly onRename: (book: OwnBook, name: string) => Promise<boolean>;
  readonly onDelete: (book: OwnBook) => void;
};

/** One book: renamed by a double click, F2 or its button, deleted by Delete or its button. */
export function Book({ book, onRename, onDelete }: BookProps) {
  const { t } = useTranslation();
  const styles = useStyles();
  const [name, setName] = useState<string>();
  const editable = book.personal;
  const begin = () => {
    if (editable) setName(book.name);
  };
  const keep = async () => {
    const wanted = name?.trim() ?? '';
    if (wanted === '' || wanted === book.name || (await onRename(book, wanted))) setName(undefined);
  };
  const onKeys = (event: KeyboardEvent) => {
    if (event.key === 'F2') begin();
    else if (event.key === 'Delete' && editable) onDelete(book);
    else return;
    event.preventDefault();
  };
  const onEditKeys = (event: KeyboardEvent) => {
    if (event.key === 'Enter') void keep();
    else if (event.key === 'Escape') setName(undefined);
    else return;
    event.preventDefault();
  };
  if (name !== undefined) {
    return (
      <li className={styles.row}>
        <Input
          className={styles.name}
          aria-label={t('ownBooks.newName', { name: book.name })}
          value={name}
          maxLength={200}
          autoFocus
          onChange={(_event, { value }) => setName(value)}
          onKeyDown={onEditKeys}
          onBlur={() => void keep()}
        />
      </li>
    );
  }
  return (
    <li className={styles.row}>
      <Button
        type="button"
        appearance="transparent"
        className={styles.name}
        onDoubleClick={begin}
        onKeyDown={onKeys}
        aria-keyshortcuts={editable ? 'F2 Delete' : ''}
      >
        {book.name}
      </Button>
      {!editable && <span className={styles.note}>{t('ownBooks.default')}</span>}
      <Button
        type="button"
        appearance="subtle"
        icon={<EditRegular />}
        disabled={!editable}
        aria-label={t('ownBooks.rename', { name: book.name })}
        onClick={begin}
      />
      <Button
        type="button"
        appearance="subtle"
        icon={<DeleteRegular />}
        disabled={!editable}
        aria-label={t('ownBooks.deleteNamed', { name: book.name })}
        onClick={() => onDelete(book)}
      />
    </li>
  );
}
