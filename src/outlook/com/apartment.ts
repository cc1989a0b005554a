/**
 * The single-threaded apartment of a thread: its messages, by which calls of others come in, and the waiting for them. In a
 * multi-threaded one an event that arrives during a call of ours would wait for a thread that waits for it.
 */
import { check } from './hresult.ts';
import { windows } from './native.ts';

const SINGLE_THREADED = 2;
const REMOVE = 1;
/** QS_ALLINPUT: any message ends the wait. */
const ANY_MESSAGE = 0x4ff;
/** A MSG has 48 bytes. */
const MESSAGE_SIZE = 64;

/** Makes this thread an apartment; the answer ends it. */
export function enterApartment(): () => void {
  check(windows().CoInitializeEx(null, SINGLE_THREADED), 'CoInitializeEx');
  return () => windows().CoUninitialize();
}

/** Handles what has come in. @param most messages, so that there is time for something else */
export function pump(most = Number.POSITIVE_INFINITY): void {
  const { PeekMessageW, TranslateMessage, DispatchMessageW } = windows();
  // Its own each time: a message may be a call, in which others are waited for.
  const message = new Uint8Array(MESSAGE_SIZE);
  for (let handled = 0; handled < most && PeekMessageW(message, null, 0, 0, REMOVE) !== 0; handled++) {
    TranslateMessage(message);
    DispatchMessageW(message);
  }
}

/** Waits until something comes in, and handles it. @param longest milliseconds @param most as for {@link pump} */
export function waitAndPump(longest: number, most?: number): void {
  windows().MsgWaitForMultipleObjects(0, null, 0, longest, ANY_MESSAGE);
  pump(most);
}
