/** Operations of the contract that this server does not answer, and why. */
type LeftOut = {
  readonly service: string;
  readonly because: string;
  readonly operations: readonly (readonly [string, string, string])[];
};

const GROUPS: readonly LeftOut[] = [
  {
    service: 'IAddressBooksMgmt',
    because: 'what its stream holds is BlueMind’s own and not described; vCards carry a book elsewhere',
    operations: [
      ['backup', 'GET', '/mgmt/addressbooks/{containerUid}/_backupstream'],
      ['restore', 'POST', '/mgmt/addressbooks/{containerUid}/_restorestream'],
    ],
  },
  {
    service: 'ICalendarAutocomplete',
    because: 'the shape of its answer is not described; `_list` and the directory search serve the same need',
    operations: [
      ['calendarGroupLookup', 'GET', '/calendar/autocomplete/_calendarsGroupLookup/{groupUid}'],
      ['calendarLookup', 'POST', '/calendar/autocomplete/_calendarLookup/{pattern}'],
    ],
  },
  {
    service: 'IContainerSync',
    because: 'fetches ICS addresses from the network, which this server never does by itself',
    operations: [
      ['sync', 'PUT', '/containers/_sync/{containerUid}'],
      ['getLastSync', 'GET', '/containers/_sync/{containerUid}/_last'],
      ['getNextSync', 'GET', '/containers/_sync/{containerUid}/_next'],
      ['getSyncStatus', 'GET', '/containers/_sync/{containerUid}/_status'],
    ],
  },
  {
    service: 'IDirectory',
    because: 'there is one machine: nothing to move an account to',
    operations: [['xfer', 'POST', '/directory/{domain}/_xfer/{entryUid}/{serverUid}']],
  },
  {
    service: 'IInstallation',
    because: 'this server has no licence',
    operations: [
      ['getSubscriptionInformations', 'GET', '/system/installation/subscription'],
      ['getSubscriptionKind', 'GET', '/system/installation/subscriptionKind'],
      ['isValidProductionSubscription', 'GET', '/system/installation/subscriptionProductiveValid'],
      ['updateSubscription', 'POST', '/system/installation/subscription'],
      ['updateSubscriptionWithArchive', 'POST', '/system/installation/subscription/_archive'],
      ['updateSubscriptionVersion', 'POST', '/system/installation/subscription/_version'],
      ['removeSubscription', 'DELETE', '/system/installation/subscription'],
      ['getSubscriptionContacts', 'GET', '/system/installation/_subscriptionContacts'],
      ['setSubscriptionContacts', 'POST', '/system/installation/_subscriptionContacts'],
    ],
  },
  {
    service: 'IInstallation',
    because: 'the data file is made and brought up to date when the server starts',
    operations: [
      ['markSchemaAsUpgraded', 'POST', '/system/installation/version'],
      ['initialize', 'POST', '/system/installation/_initialize'],
      ['upgrade', 'POST', '/system/installation/_upgrade'],
      ['postinst', 'POST', '/system/installation/_postinst'],
      ['upgradeStatus', 'GET', '/system/installation/_upgrade'],
    ],
  },
  {
    service: 'IInstallation',
    because: 'searches read the items: there is no index',
    operations: [
      ['resetIndexes', 'POST', '/system/installation/_resetIndexes'],
      ['resetIndex', 'POST', '/system/installation/{index}/_resetIndex'],
    ],
  },
  {
    service: 'IInstallation',
    because: 'there is one machine',
    operations: [
      ['ping', 'POST', '/system/installation/{ip}/ping'],
      ['clone', 'POST', '/system/installation/_clone'],
    ],
  },
  {
    service: 'IInstallation',
    because: 'this server reports to nobody',
    operations: [
      ['getHostReport', 'GET', '/system/installation/_hostReport'],
      ['sendHostReport', 'POST', '/system/installation/_hostReport'],
    ],
  },
  {
    service: 'IInstallation',
    because: 'the logo is that of BlueMind’s own web pages',
    operations: [
      ['setLogo', 'PUT', '/system/installation/logo'],
      ['deleteLogo', 'DELETE', '/system/installation/logo'],
      ['getLogo', 'GET', '/system/installation/logo'],
    ],
  },
  {
    service: 'IMailTip',
    because: 'there is no mail here',
    operations: [['getMailTips', 'POST', '/mailtip/{domainUid}']],
  },
  {
    service: 'INote',
    because: 'what its stream holds is BlueMind’s own and not described; `_mget` carries notes elsewhere',
    operations: [['exportAll', 'GET', '/notes/{containerUid}/_exportall']],
  },
  {
    service: 'IPrint',
    because: 'draws pages, which a client does better',
    operations: [['print', 'POST', '/calendars/print']],
  },
  {
    service: 'IUser',
    because: 'this server writes no logs of single users',
    operations: [['enablePerUserLog', 'POST', '/users/{domainUid}/{userUid}/_logging/{endpoint}']],
  },
  {
    service: 'IUser',
    because: 'accounts have no licences here',
    operations: [['updateAccountType', 'POST', '/users/{domainUid}/_updateAccountType/{uid}']],
  },
  {
    service: 'IUser',
    because: 'the shape of a group is not described; `groupUids` and the directory tell the same',
    operations: [['memberOf', 'GET', '/users/{domainUid}/{uid}/groups']],
  },
  {
    service: 'IUserMailIdentities',
    because: 'there is no mail here',
    operations: [
      ['create', 'PUT', '/users/{domainUid}/{userUid}/identity/{uid}'],
      ['update', 'POST', '/users/{domainUid}/{userUid}/identity/{uid}'],
      ['delete', 'DELETE', '/users/{domainUid}/{userUid}/identity/{uid}'],
      ['get', 'GET', '/users/{domainUid}/{userUid}/identity/{uid}'],
      ['setDefault', 'POST', '/users/{domainUid}/{userUid}/identity/{uid}/_asdefault'],
      ['getIdentities', 'GET', '/users/{domainUid}/{userUid}/identity'],
      ['getAvailableIdentities', 'GET', '/users/{domainUid}/{userUid}/identity/_available'],
    ],
  },
];

export const LEFT_OUT = GROUPS.flatMap(({ service, because, operations }) =>
  operations.map(([name, method, path]) => ({ service, name, method, path, because })),
);
