import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../agent/api/routes.ts';

const useStyles = makeStyles({
  zone: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    rowGap: '8px',
    padding: '20px',
    textAlign: 'center',
    border: `2px dashed ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  over: { backgroundColor: tokens.colorNeutralBackground1Selected },
  words: { margin: 0, color: tokens.colorNeutralForeground2 },
  list: { margin: 0, paddingInlineStart: '20px', overflowWrap: 'anywhere' },
});

type Props = {
  readonly files: Answer<'import'>['files'];
  readonly disabled: boolean;
  /** Files are held over the window. */
  readonly over: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onClear: () => void;
};

/** Files are dropped on the window (`dropping.ts`), or chosen by a button, which the keyboard reaches. */
export function Files({ files, disabled, over, onFiles, onClear }: Props) {
  const { t } = useTranslation();
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <section className={mergeClasses(styles.zone, over && styles.over)} aria-label={t('import.files')}>
        <p className={styles.words}>{t('import.drop')}</p>
        <Button disabled={disabled} onClick={() => input.current?.click()}>
          {t('import.choose')}
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept=".pst,.ics,.ical,.ifb,.vcf,.vcard,.csv,.txt"
          onChange={({ target }) => {
            onFiles([...(target.files ?? [])]);
            // The same file may be chosen again.
            target.value = '';
          }}
        />
        <p className={styles.words}>{t('import.kinds')}</p>
      </section>
      {files.length > 0 && (
        <>
          <ul className={styles.list} aria-label={t('import.given')}>
            {files.map(({ file, name, size }) => (
              <li key={file}>
                {name} ({sizeOf(size)})
              </li>
            ))}
          </ul>
          <div>
            <Button size="small" disabled={disabled} onClick={onClear}>
              {t('import.clear')}
            </Button>
          </div>
        </>
      )}
    </>
  );
}

/** In the units of the user's language. */
function sizeOf(bytes: number): string {
  const [unit, size] = (
    [
      ['gigabyte', 1e9],
      ['megabyte', 1e6],
      ['kilobyte', 1e3],
    ] as const
  ).find(([, least]) => bytes >= least) ?? ['byte', 1];
  return new Intl.NumberFormat(document.documentElement.lang || undefined, {
    style: 'unit',
    unit,
    maximumFractionDigits: 1,
  }).format(bytes / size);
}
