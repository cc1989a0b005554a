/** What answers the routes of the local API. */
import { ROUTES } from '../api/routes.ts';
import type { Desk } from './desk.ts';
import { accountHandlers } from './handle-account.ts';
import { containerHandlers } from './handle-containers.ts';
import { importHandlers } from './handle-import.ts';
import { optionHandlers } from './handle-options.ts';
import { proofHandlers } from './handle-proof.ts';
import { runHandlers } from './handle-runs.ts';
import { trustHandlers } from './handle-trust.ts';
import { reportHandlers, updateHandlers } from './handle-updates.ts';
import { type Mounted, mounted } from './local-api.ts';

export function agentTable(desk: Desk): Mounted {
  return mounted(ROUTES, {
    ...runHandlers(desk),
    ...accountHandlers(desk),
    ...containerHandlers(desk),
    ...trustHandlers(desk),
    ...proofHandlers(desk),
    ...optionHandlers(desk),
    ...updateHandlers(desk),
    ...reportHandlers(desk),
    ...importHandlers(desk),
    open: ({ dialog }) => ({ url: desk.link(dialog) }),
    stop: () => {
      // The answer goes out first.
      setTimeout(desk.stop, 50);
      return { pid: process.pid };
    },
  });
}
