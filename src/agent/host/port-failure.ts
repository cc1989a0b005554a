import { Failure } from '../../base/failure.ts';

/** The options of the commands that say a port. */
export type PortOption = '--port' | '--page-port';

/** Why a port cannot be listened on, in a sentence that names the `option` which says another. */
export function portFailure(port: number, cause: unknown, option: PortOption): Failure {
  const code = (cause as { code?: unknown } | undefined)?.code;
  return code === 'EADDRINUSE'
    ? new Failure(
        'PORT_IN_USE',
        `Port ${port} is in use. End the program that uses it, or choose another port with ${option} (0 = any free one).`,
        { cause },
      )
    : new Failure(
        'PORT_REFUSED',
        `Port ${port} cannot be used (${String(code ?? 'no reason given')}). Choose another with ${option}.`,
        { cause },
      );
}
