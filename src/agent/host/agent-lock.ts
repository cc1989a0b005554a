import { join } from 'node:path';
import { Failure, isFailure } from '../../base/failure.ts';
import { type RunLock, takeRunLock } from '../run-lock.ts';

/**
 * One agent for each data folder, and so for each user. Taken before Outlook is opened and given back after it is closed: an agent that is
 * one too many would else tell Outlook's add-in of itself, and then that there is none.
 * @throws AGENT_RUNNING
 */
export function takeAgentLock(folder: string): RunLock {
  try {
    return takeRunLock(join(folder, 'agent.lock'));
  } catch (error) {
    if (!isFailure(error, 'RUN_IN_PROGRESS')) throw error;
    throw new Failure(
      'AGENT_RUNNING',
      `The agent runs already for ${folder}. Open its windows with \`connector open\`.`,
      {
        cause: error,
      },
    );
  }
}
