import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { type Folder, type Place, trial } from './client.ts';

export type MoveMenuProps = {
  readonly place: Place;
  readonly item: string;
  /** Where it may be moved to. */
  readonly others: readonly Folder[];
  readonly disabled: boolean;
  /** Does what was chosen. */
  readonly onMove: (move: () => Promise<unknown>) => void;
};

/** Moves an item as it was saved into another folder of its side. */
export function MoveMenu({ place, item, others, disabled, onMove }: MoveMenuProps) {
  const { t } = useTranslation('trial');
  if (others.length === 0) return null;
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button disabled={disabled}>{t('moveTo')}</Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {others.map(({ id, name }) => (
            <MenuItem key={id} onClick={() => onMove(() => trial.post('trial/move', { ...place, item, into: id }))}>
              {name}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
