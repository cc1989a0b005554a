import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
} from '@fluentui/react-components';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactForm } from '../../agent/api/trial-routes.ts';
import { useDeed } from '../app/ask.ts';
import { FailureBar } from '../app/told.tsx';
import { type Contact, type Folder, type Place, trial } from './client.ts';
import { MoveMenu } from './move-menu.tsx';

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', rowGap: '10px' } });

export type ContactTarget = {
  readonly place: Place;
  /** Undefined: a new one. */
  readonly contact: Contact | undefined;
  readonly writable: boolean;
  /** Folders that it may be moved to. */
  readonly others: readonly Folder[];
};

const BOXES = ['name', 'company', 'email', 'phone'] as const satisfies readonly (keyof ContactForm)[];

/** A new contact, one that is there, or the name of a distribution list. */
export function ContactDialog({ target, onClose }: { target: ContactTarget; onClose: () => void }) {
  const { t } = useTranslation('trial');
  const { t: common } = useTranslation();
  const styles = useStyles();
  const { place, contact, writable, others } = target;
  const { name = '', company = '', email = '', phone = '', group = false } = contact ?? {};
  const [draft, setDraft] = useState<ContactForm>({ name, company, email, phone });
  const [tried, setTried] = useState(false);
  const deed = useDeed();
  const close = (done: unknown) => {
    if (done !== undefined) onClose();
  };
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (draft.name.trim() === '' || !writable) return;
    const said = group ? { name: draft.name } : draft;
    close(
      await deed.run(() =>
        contact === undefined
          ? trial.post('trial/contacts/make', { ...place, ...draft })
          : trial.post('trial/contacts/edit', { ...place, item: contact.item, ...said }),
      ),
    );
  };
  const remove = async (one: Contact) =>
    close(await deed.run(() => trial.post('trial/delete', { ...place, item: one.item })));
  const title = contact === undefined ? 'newContact' : group ? 'group' : 'contact';
  return (
    <Dialog open onOpenChange={(_event, { open }) => open || onClose()}>
      <DialogSurface>
        <form onSubmit={(event) => void save(event)} noValidate>
          <DialogBody>
            <DialogTitle>{t(`contactForm.${title}`)}</DialogTitle>
            <DialogContent className={styles.form}>
              <FailureBar failure={deed.failure} />
              {BOXES.filter((box) => !group || box === 'name').map((box) => (
                <Field
                  key={box}
                  label={t(`contactForm.${box}`)}
                  {...(box === 'name' && tried && draft.name.trim() === ''
                    ? { validationMessage: t('contactForm.nameMissing') }
                    : {})}
                >
                  <Input
                    value={draft[box]}
                    type={box === 'email' ? 'email' : 'text'}
                    onChange={(_event, { value }) => setDraft({ ...draft, [box]: value })}
                  />
                </Field>
              ))}
              {group && <div>{t('contactForm.members', { names: email })}</div>}
            </DialogContent>
            <DialogActions fluid>
              {contact !== undefined && (
                <MoveMenu
                  {...{ place, others }}
                  item={contact.item}
                  disabled={deed.busy || !writable}
                  onMove={(move) => void deed.run(move).then(close)}
                />
              )}
              {contact !== undefined && (
                <Button disabled={deed.busy || !writable} onClick={() => void remove(contact)}>
                  {t('delete')}
                </Button>
              )}
              <Button onClick={onClose}>{common('cancel')}</Button>
              <Button type="submit" appearance="primary" disabled={deed.busy || !writable}>
                {common('save')}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
