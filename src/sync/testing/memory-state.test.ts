import { memoryState } from './memory-state.ts';
import type { RecordContent } from './record-kit.ts';
import { type OpenState, stateContract } from './state-contract.ts';

stateContract('memory', () => {
  const state = memoryState<RecordContent>();
  const opened: OpenState = {
    state,
    history: state.history,
    reports: state.reports,
    reopen: () => opened,
    close: () => {},
  };
  return opened;
});
