import type { Socket } from 'node:net';
import { deserialize, serialize } from 'node:v8';
import type { EventClass } from '../../src/outlook/com/event-sources.ts';
import type { ConnectOptions } from '../../src/outlook/com/outlook-thread.ts';
import type { PlainFailure } from '../../src/outlook/com/thread-messages.ts';
import type { ObjectRef, Program } from '../../src/outlook/program/program.ts';

export type Ask =
  | { readonly do: 'connect'; readonly options: ConnectOptions }
  | { readonly do: 'run'; readonly program: Program }
  | { readonly do: 'release'; readonly objects: readonly ObjectRef[] }
  | { readonly do: 'listen'; readonly object: ObjectRef | 'application'; readonly of: EventClass }
  | { readonly do: 'unlisten'; readonly listener: number }
  /** The longest time in which the main thread did nothing else, since the last question. @units milliseconds */
  | { readonly do: 'pause' }
  | { readonly do: 'callAddIn'; readonly marshalled: Uint8Array; readonly member: string; readonly bytes: Uint8Array }
  | { readonly do: 'close' | 'counts' | 'end' };

export type ToClient = { readonly id: number; readonly ask: Ask };
export type FromClient =
  /** `calls`: those of programs so far. */
  | { readonly id: number; readonly value: unknown; readonly calls: number }
  | { readonly id: number; readonly failure: PlainFailure }
  | { readonly listener: number; readonly event: string }
  | { readonly gone: true };

const HEADER = 4;

/** Values over a socket. */
export function messages<In, Out>(socket: Socket, hear: (message: In) => void): { send(message: Out): void } {
  let buffered = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.on('data', (chunk) => {
    buffered = Buffer.concat([buffered, chunk]);
    while (buffered.length >= HEADER && buffered.length >= HEADER + buffered.readUInt32LE(0)) {
      const length = buffered.readUInt32LE(0);
      const message = buffered.subarray(HEADER, HEADER + length);
      buffered = buffered.subarray(HEADER + length);
      hear(deserialize(message) as In);
    }
  });
  return {
    send: (message) => {
      const bytes = serialize(message);
      const header = Buffer.alloc(HEADER);
      header.writeUInt32LE(bytes.length);
      socket.write(Buffer.concat([header, bytes]));
    },
  };
}
