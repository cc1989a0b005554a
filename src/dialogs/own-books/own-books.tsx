import { Button, Field, Input, makeStyles, Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../agent/api/routes.ts';
import { useAnswer, useDeed } from '../app/ask.ts';
import { agent } from '../app/live.tsx';
import { Question } from '../app/question.tsx';
import { FailureBar, sentenceOf } from '../app/told.tsx';
import { Waiting } from '../app/waiting.tsx';
import { CloseButton, Window } from '../app/window.tsx';
import { messageOf } from '../connect/sign-in.tsx';
import { Book } from './book.tsx';

export type OwnBook = Answer<'containers'>[number];
const BOOKS = { kind: 'addressbook' } as const;

const useStyles = makeStyles({
  add: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'flex-end', justifyContent: 'flex-end' },
  name: { flexGrow: 1, flexBasis: '180px', minWidth: 0 },
  list: { margin: 0, padding: 0, listStyleType: 'none' },
});

/** One's own address books: a box and *Add* on top, then the list. */
export function OwnBooks() {
  const { t } = useTranslation();
  const styles = useStyles();
  const { answer, failure, loading, again } = useAnswer('containers', BOOKS, ['subscriptions', 'folders']);
  const books = answer?.filter(({ owner, access }) => owner === '' && access === 'R/W');
  const [name, setName] = useState('');
  const [deleting, setDeleting] = useState<OwnBook>();
  const deed = useDeed();
  const adding = useDeed();

  const add = async () => {
    if (name.trim() === '') return;
    if ((await adding.run(() => agent.post('containers/add', { ...BOOKS, name: name.trim() }))) === undefined) return;
    setName('');
    again();
  };
  const rename = async (book: OwnBook, to: string): Promise<boolean> => {
    const done = await deed.run(() => agent.post('containers/rename', { ...BOOKS, uid: book.uid, name: to }));
    again();
    return done !== undefined;
  };
  const remove = async (book: OwnBook) => {
    await deed.run(() => agent.post('containers/delete', { ...BOOKS, uid: book.uid, confirmed: true }));
    setDeleting(undefined);
    again();
  };
  return (
    <Window
      title={t('ownBooks.title')}
      intro={t('ownBooks.intro')}
      onSubmit={() => void add()}
      buttons={
        <>
          {(deed.busy || adding.busy) && <Spinner size="tiny" label={t('saving')} />}
          <CloseButton />
        </>
      }
    >
      <FailureBar failure={deed.failure ?? failure} />
      <div className={styles.add}>
        <Field
          className={styles.name}
          label={t('ownBooks.name')}
          {...messageOf(adding.failure && sentenceOf(t, adding.failure))}
        >
          <Input
            value={name}
            maxLength={200}
            autoFocus
            onChange={(_event, { value }) => {
              setName(value);
              adding.forget();
            }}
          />
        </Field>
        <Button type="submit" appearance="primary" disabled={adding.busy || name.trim() === ''}>
          {t('ownBooks.add')}
        </Button>
      </div>
      {books === undefined && loading && <Waiting />}
      <ul className={styles.list} aria-label={t('ownBooks.title')}>
        {books?.map((book) => (
          <Book key={book.uid} book={book} onRename={rename} onDelete={setDeleting} />
        ))}
      </ul>
      {deleting && (
        <Question
          title={t('ownBooks.deleteTitle', { name: deleting.name })}
          yes={t('ownBooks.delete')}
          busy={deed.busy}
          onYes={() => void remove(deleting)}
          onNo={() => setDeleting(undefined)}
        >
          {t('ownBooks.deleteText')}
        </Question>
      )}
    </Window>
  );
}
