import { makeStyles, Spinner } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';

const useStyles = makeStyles({ middle: { height: '100%', display: 'grid', placeItems: 'center' } });

/** Takes the room of what is on its way, so that nothing jumps when it comes. */
export function Waiting() {
  const { t } = useTranslation();
  return (
    <div className={useStyles().middle}>
      <Spinner label={t('loading')} delay={200} />
    </div>
  );
}
