/** What the add-in says over the agent's pipe: one JSON object to a line, ASCII. Whatever else comes is refused. */

/** The commands of the add-in's buttons: what the agent opens or does. */
export const ADD_IN_COMMANDS = [
  'synchronize',
  'connect',
  'calendars',
  'books',
  'own-books',
  'options',
  'status',
] as const;
export type AddInCommand = (typeof ADD_IN_COMMANDS)[number];

export type AddInMessage =
  | {
      readonly type: 'hello';
      /** The version of the wire form that it speaks. */
      readonly wire: number;
      /** Its own version. */
      readonly shim: string;
      /** Of Outlook: 32 or 64. */
      readonly bits: number;
      /** Outlook's process id. */
      readonly process: number;
      /** The object that runs programs, marshalled once (CoMarshalInterface); empty when it could not be. */
      readonly runner: Uint8Array;
    }
  /** To be answered with `ack` and its number once it was taken. */
  | { readonly type: 'click'; readonly number: number; readonly command: AddInCommand };

/** Reads a line without its end; undefined when it is none of the add-in's. */
export function readMessage(line: string): AddInMessage | undefined {
  const said = parsed(line);
  if (said === undefined) return undefined;
  const { type, wire, shim, bits, process, runner, number, command } = said;
  if (type === 'click') {
    const known = ADD_IN_COMMANDS.find((one) => one === command);
    return isCount(number) && known !== undefined ? { type, number, command: known } : undefined;
  }
  if (type !== 'hello' || !isCount(wire) || !isCount(bits) || !isCount(process)) return undefined;
  if (typeof shim !== 'string' || typeof runner !== 'string' || !/^(?:[0-9a-f]{2})*$/.test(runner)) return undefined;
  return { type, wire, shim, bits, process, runner: new Uint8Array(Buffer.from(runner, 'hex')) };
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
