import { keyOperations } from './auth/keys.ts';
import { authOperations } from './auth/routes.ts';
import { icsOperations } from './calendars/ics-routes.ts';
import { calendarMgmtOperations } from './calendars/mgmt-routes.ts';
import { calendarOperations } from './calendars/routes.ts';
import { containersOperations } from './containers/manage-routes.ts';
import { managementOperations } from './containers/management-routes.ts';
import { offlineOperations } from './containers/offline-routes.ts';
import { ownOperations } from './containers/own-routes.ts';
import { subscriptionOperations } from './containers/subscription-routes.ts';
import { installationOperations } from './installation/routes.ts';
import type { Operation } from './kernel/operation.ts';
import { tagOperations } from './tags/routes.ts';
import { taskOperations } from './tasks/routes.ts';

/** Every operation that this server answers; one line per service. */
export function allOperations(): readonly Operation[] {
  return [
    ...authOperations(),
    ...keyOperations(),
    ...installationOperations(),
    ...containersOperations(),
    ...managementOperations(),
    ...subscriptionOperations(),
    ...ownOperations(),
    ...offlineOperations(),
    ...taskOperations(),
    ...calendarOperations(),
    ...calendarMgmtOperations(),
    ...icsOperations(),
    ...tagOperations(),
  ];
}
