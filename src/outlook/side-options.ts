/**
 * The options of Outlook's calendar, wherever Outlook keeps them: the registry, hidden items of the default calendar and its view.
 * What cannot be reached is left out when it is read, and never made: Outlook makes its hidden items itself.
 */
import { decodeUtf8, encodeUtf8 } from '../base/utf8.ts';
import { type CalendarOptions, optionKeys, type Registry, TIME_SCALES } from './model/calendar-options.ts';
import {
  findHidden,
  type HiddenItem,
  hiddenBytes,
  isFound,
  majorVersion,
  outlookVersion,
  readHidden,
  readTimeScale,
  timeScaleOf,
  writeHidden,
  writeTimeScale,
} from './program/calendar-options.ts';
import { meaningOf } from './program/errors.ts';
import { failureOf, finish, OUTLOOK_UNAVAILABLE } from './program/finish.ts';
import { defaultFolder, FOLDER_TYPE, folderRow } from './program/folders.ts';
import type { Executor, Program } from './program/program.ts';
import type { Values } from './program/values.ts';
import { folderId, type OpenFolder, outlookSession } from './side-session.ts';

export type OutlookOptions = {
  /** @throws OUTLOOK_UNAVAILABLE */
  read(): Promise<CalendarOptions>;
  /**
   * Writes what differs from `before`, place by place.
   * @throws OUTLOOK_UNAVAILABLE, OUTLOOK_DENIED, OUTLOOK_FAILED; what was written before stays
   */
  write(before: CalendarOptions, after: CalendarOptions): Promise<void>;
  close(): Promise<void>;
};

export function outlookOptions(executor: Executor, registry: Registry): OutlookOptions {
  const session = outlookSession(executor);
  const calendar = async (): Promise<OpenFolder> => {
    const program = defaultFolder(await session.given(), FOLDER_TYPE.calendar);
    return session.folder(folderId(folderRow(finish(await executor.run(program), program.label))));
  };
  const run = async (program: Program) => finish(await executor.run(program), program.label);
  return {
    read: () =>
      session.use(async () => {
        const { given } = await calendar();
        const keys = optionKeys(majorVersion(await run(outlookVersion())));
        const scale = await ifServed(executor, readTimeScale(given));
        return {
          registry: await registry.numbers(keys.registry),
          policy: await registry.numbers(keys.policy),
          workHours: await hiddenText(executor, given, 'workHours'),
          dictionary: await hiddenText(executor, given, 'options'),
          timeScale: scale && TIME_SCALES[timeScaleOf(scale)],
        };
      }),
    write: (before, after) =>
      session.use(async () => {
        const { given } = await calendar();
        const keys = optionKeys(majorVersion(await run(outlookVersion())));
        if (after.workHours !== undefined && after.workHours !== before.workHours)
          await run(writeHidden(given, 'workHours', encodeUtf8(after.workHours)));
        if (after.dictionary !== undefined && after.dictionary !== before.dictionary)
          await run(writeHidden(given, 'options', encodeUtf8(after.dictionary)));
        if (after.timeScale !== undefined && after.timeScale !== before.timeScale)
          await run(writeTimeScale(given, TIME_SCALES.indexOf(after.timeScale)));
        for (const [name, value] of Object.entries(after.registry))
          if (before.registry[name] !== value) await registry.setNumber(keys.registry, name, value);
      }),
    close: () => session.close(),
  };
}

async function hiddenText(
  executor: Executor,
  given: OpenFolder['given'],
  item: HiddenItem,
): Promise<string | undefined> {
  const found = await ifServed(executor, findHidden(given, item));
  if (found === undefined || !isFound(found)) return undefined;
  const values = await ifServed(executor, readHidden(given, item));
  const content = values && hiddenBytes(values);
  return content && decodeUtf8(content);
}

/**
 * The values of a program that some stores and policies do not serve: an IMAP store has no hidden items, the guard may deny them.
 * @throws OUTLOOK_UNAVAILABLE
 */
async function ifServed(executor: Executor, program: Program): Promise<Values | undefined> {
  const outcome = await executor.run(program);
  if (outcome.kind === 'done') return outcome.values;
  if (outcome.kind === 'stale' || meaningOf(outcome.hresult) === 'denied') return undefined;
  const failure = failureOf(outcome.hresult, `${program.label}: ${outcome.member}`);
  if (failure.code === OUTLOOK_UNAVAILABLE) throw failure;
  return undefined;
}
