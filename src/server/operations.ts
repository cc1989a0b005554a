import { addressBookOperations } from './addressbooks/routes.ts';
import { addressBookUidOperations } from './addressbooks/uid-routes.ts';
import { attachmentOperations } from './attachments/routes.ts';
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
import { directoryOperations } from './directory/routes.ts';
import { freebusyOperations } from './freebusy/routes.ts';
import { installationOperations } from './installation/routes.ts';
import type { Operation } from './kernel/operation.ts';
import { addressBooksMgmtOperations } from './mgmt-addressbooks/routes.ts';
import { noteOperations } from './notes/routes.ts';
import { publishOperations } from './publish/routes.ts';
import { userSettingsOperations } from './settings/routes.ts';
import { tagOperations } from './tags/routes.ts';
import { taskOperations } from './tasks/routes.ts';
import { todoListOperations } from './todolists/routes.ts';
import { userOperations } from './users/routes.ts';
import { vcardOperations } from './vcards/routes.ts';
import { viewOperations } from './views/routes.ts';

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
    ...freebusyOperations(),
    ...viewOperations(),
    ...publishOperations(),
    ...attachmentOperations(),
    ...userOperations(),
    ...tagOperations(),
    ...addressBookOperations(),
    ...addressBookUidOperations(),
    ...addressBooksMgmtOperations(),
    ...vcardOperations(),
    ...directoryOperations(),
    ...userSettingsOperations(),
    ...noteOperations(),
    ...todoListOperations(),
  ];
}
