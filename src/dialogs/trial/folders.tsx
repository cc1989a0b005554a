/** Which folder of a side is shown, and what a person does with folders there. */
import {
  Button,
  Field,
  Input,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Select,
} from '@fluentui/react-components';
import { FolderRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeed } from '../app/ask.ts';
import { Question } from '../app/question.tsx';
import { FailureBar } from '../app/told.tsx';
import { type Folder, type SideName, trial } from './client.ts';

const useStyles = makeStyles({
  whole: { display: 'flex', columnGap: '6px', alignItems: 'center', minWidth: 0 },
  select: { flexGrow: 1, minWidth: 0 },
});

export type FoldersProps = {
  readonly side: SideName;
  readonly kind: Folder['kind'];
  readonly folders: readonly Folder[];
  readonly chosen: Folder | undefined;
  readonly onChoose: (id: string) => void;
};

type Doing = 'make' | 'rename' | 'delete';

export function Folders({ side, kind, folders, chosen, onChoose }: FoldersProps) {
  const { t } = useTranslation('trial');
  const styles = useStyles();
  const [doing, setDoing] = useState<Doing>();
  const mine = chosen !== undefined && !chosen.own;
  return (
    <div className={styles.whole}>
      <Select
        className={styles.select}
        aria-label={t(`folder.${side}`)}
        value={chosen?.id ?? ''}
        onChange={(_event, { value }) => onChoose(value)}
      >
        {folders.map(({ id, name, access }) => (
          <option key={id} value={id}>
            {access === 'R' ? `${name} (${t('readOnly')})` : name}
          </option>
        ))}
      </Select>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="subtle" icon={<FolderRegular />} aria-label={t(`folderActions.${side}`)} />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => setDoing('make')}>{t(kind === 'calendar' ? 'newCalendar' : 'newBook')}</MenuItem>
            <MenuItem disabled={!mine} onClick={() => setDoing('rename')}>
              {t('renameFolder')}
            </MenuItem>
            <MenuItem disabled={!mine} onClick={() => setDoing('delete')}>
              {t('deleteFolder')}
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {doing !== undefined && (
        <FolderQuestion {...{ side, kind, doing }} folder={chosen} onClose={() => setDoing(undefined)} />
      )}
    </div>
  );
}

type AskedProps = {
  readonly side: SideName;
  readonly kind: Folder['kind'];
  readonly doing: Doing;
  readonly folder: Folder | undefined;
  readonly onClose: () => void;
};

function FolderQuestion({ side, kind, doing, folder, onClose }: AskedProps) {
  const { t } = useTranslation('trial');
  const { t: common } = useTranslation();
  const [name, setName] = useState(doing === 'rename' ? (folder?.name ?? '') : '');
  const deed = useDeed();
  const work = async () => {
    const place = { side, folder: folder?.id ?? '' };
    const done = await deed.run(() => {
      if (doing === 'make') return trial.post('trial/folders/make', { side, kind, name: name.trim() });
      if (doing === 'rename') return trial.post('trial/folders/rename', { ...place, name: name.trim() });
      return trial.post('trial/folders/delete', place);
    });
    if (done !== undefined) onClose();
  };
  const title = {
    make: t(kind === 'calendar' ? 'newCalendar' : 'newBook'),
    rename: t('renameFolder'),
    delete: t('deleteFolderTitle', { name: folder?.name ?? '' }),
  }[doing];
  return (
    <Question
      title={title}
      yes={doing === 'delete' ? t('delete') : common('save')}
      busy={deed.busy || (doing !== 'delete' && name.trim() === '')}
      onYes={() => void work()}
      onNo={onClose}
    >
      <FailureBar failure={deed.failure} />
      {doing === 'delete' ? (
        t('deleteFolderText')
      ) : (
        <Field label={t('folderName')}>
          <Input
            value={name}
            onChange={(_event, { value }) => setName(value)}
            onKeyDown={({ key }) => {
              if (key === 'Enter' && name.trim() !== '') void work();
            }}
          />
        </Field>
      )}
    </Question>
  );
}
