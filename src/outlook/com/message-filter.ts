/**
 * What COM does while the other side is busy: it asks this filter whether to wait. Outlook is busy while a dialog is open or while
 * it sends and receives; its calls wait here, for as long as the retry policy says, and then fail.
 * @source learn.microsoft.com/windows/win32/api/objidl/nn-objidl-imessagefilter
 */

import { IID } from './guid.ts';
import { check } from './hresult.ts';
import { implementInterface, release } from './interface.ts';
import { type Address, outAddress, protos, windows } from './native.ts';

export type MessageFilter = {
  /**
   * Whether the other side is asked again, in milliseconds (100 and more); -1 gives up. @param waited milliseconds since the first
   * refusal
   */
  readonly retry: (waited: number) => number;
  /**
   * Whether a call that comes in is taken now; all are, where this is left out.
   * @param within whether it came while a call of ours waits for its answer, as from who hears an event
   */
  readonly accepts?: (within: boolean) => 'handled' | 'rejected' | 'retryLater';
};

/** CALLTYPE_TOPLEVEL */
const TOP_LEVEL = 1;
/** SERVERCALL_… */
const ANSWERS = { handled: 0, rejected: 1, retryLater: 2 } as const;
/** PENDINGMSG_WAITDEFPROCESS: goes on waiting, windows are repainted. */
const WAIT = 2;

/** Sets the filter of this thread, a single-threaded apartment; the answer takes it away. */
export function installMessageFilter(filter: MessageFilter): () => void {
  const methods = protos();
  const kind = implementInterface<MessageFilter>({
    answers: (_self, iid) => iid === IID.IUnknown || iid === IID.IMessageFilter,
    methods: [
      [methods.HandleInComingCall, (self, type: number) => ANSWERS[self.accepts?.(type !== TOP_LEVEL) ?? 'handled']],
      [
        methods.RetryRejectedCall,
        // Unsigned, so that -1 is the largest number.
        (self, _task: Address | null, waited: number) => self.retry(waited) >>> 0,
      ],
      [methods.MessagePending, () => WAIT],
    ],
  });
  const address = kind.make(filter);
  setFilter(address);
  release(address);
  return () => setFilter(null);
}

function setFilter(filter: Address | null): void {
  const before: [unknown] = [null];
  check(windows().CoRegisterMessageFilter(filter, before), 'CoRegisterMessageFilter');
  const old = outAddress(before);
  if (old !== 0n) release(old);
}
