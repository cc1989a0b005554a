/**
 * The agent's side of the add-in as a whole: programs go through it while it is there, and by direct calls otherwise; clicks are heard.
 * Whatever goes wrong with an add-in, direct calls take over until the next one comes.
 */
import type { Executor } from '../../program/program.ts';
import type { OutlookThread } from '../outlook-thread.ts';
import { type AddIn, listenForAddIns } from './add-in-listener.ts';
import type { AddInCommand } from './add-in-messages.ts';
import { type InProcessExecutor, inProcessExecutor } from './in-process-executor.ts';
import { newPipeName, publishPipe } from './own-key.ts';
import { preferringExecutor } from './preferring-executor.ts';
import { VERSION } from './wire.ts';

export type AddInDoorOptions = {
  readonly thread: Pick<OutlookThread, 'addIn' | 'executor'>;
  readonly onClick: (command: AddInCommand) => void;
  readonly pipe?: string;
  /** Tells add-ins where the pipe is; the answer takes it back. */
  readonly publish?: (pipe: string) => () => void;
};

export type AddInDoor = {
  readonly executor: Executor;
  /** Whether programs go through an add-in now. */
  isInside(): boolean;
  close(): Promise<void>;
};

/** @throws Error when the pipe or the registry's value cannot be made */
export async function openAddInDoor(options: AddInDoorOptions): Promise<AddInDoor> {
  const { thread, onClick, pipe = newPipeName(), publish = publishPipe } = options;
  let present: { readonly addIn: AddIn; readonly executor: InProcessExecutor } | undefined;
  const listener = await listenForAddIns({
    pipe,
    onClick,
    onCame: (addIn) => {
      // One of another version, as after an update while Outlook runs, still has its buttons.
      if (addIn.wire !== VERSION || addIn.runner.length === 0) return;
      present = { addIn, executor: executorOf(addIn) };
    },
    onGone: (addIn) => {
      if (present?.addIn === addIn) present = undefined;
    },
  });
  const unpublish = publish(pipe);

  function executorOf(addIn: AddIn): InProcessExecutor {
    let runner: ReturnType<OutlookThread['addIn']> | undefined;
    return inProcessExecutor({
      cross: async (request) => {
        try {
          // When it is first needed: the thread must have found Outlook by then.
          runner ??= thread.addIn(addIn.runner);
          return await (await runner).call('Run', request);
        } catch (error) {
          if (present?.addIn === addIn) present = undefined;
          throw error;
        }
      },
    });
  }

  const executor = preferringExecutor({ inProcess: () => present?.executor, direct: thread.executor });
  return {
    executor,
    isInside: () => present !== undefined,
    close: async () => {
      unpublish();
      await listener.close();
    },
  };
}
