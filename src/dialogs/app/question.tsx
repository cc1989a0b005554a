/** A question before something that cannot be undone in this window. Focus stays inside; Esc says no. */
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export type QuestionProps = {
  readonly title: string;
  /** The verb of the button that does it. */
  readonly yes: string;
  readonly busy?: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
  readonly children: ReactNode;
};

export function Question({ title, yes, busy = false, onYes, onNo, children }: QuestionProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      open
      modalType="alert"
      onOpenChange={(event, { open }) => {
        event.preventDefault();
        if (!open) onNo();
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>{children}</DialogContent>
          <DialogActions>
            <Button onClick={onNo}>{t('cancel')}</Button>
            <Button appearance="primary" disabled={busy} onClick={onYes}>
              {yes}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
