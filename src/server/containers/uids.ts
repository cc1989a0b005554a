/** The uids that containers have by convention; clients must not rely on them, and do. @source fact sheet 2.1 */
export const defaultCalendar = (user: string): string => `calendar:Default:${user}`;
export const otherCalendar = (seed: string): string => `calendar:UserCreated:${seed}`;
export const resourceCalendar = (resource: string): string => `calendar:${resource}`;
export const defaultBook = (user: string): string => `book:Contacts_${user}`;
export const collectedBook = (user: string): string => `book:CollectedContacts_${user}`;
export const otherBook = (seed: string): string => `book:UserCreated_${seed}`;
export const directoryBook = (domain: string): string => `addressbook_${domain}`;
export const defaultTodoList = (user: string): string => `todolist:default_${user}`;
export const defaultNotes = (user: string): string => `notes:default_${user}`;
export const tagsOf = (userOrDomain: string): string => `tags_${userOrDomain}`;
export const freebusyOf = (user: string): string => `freebusy:${user}`;
export const viewsOf = (user: string): string => `calendarview:${user}`;
export const devicesOf = (user: string): string => `device:${user}`;
export const hierarchyOf = (owner: string, domain: string): string => `container_flat_hierarchy_${owner}_at_${domain}`;
export const subscriptionsOf = (owner: string, domain: string): string => `owner_subscriptions_${owner}_at_${domain}`;
export const subscriptionUid = (owner: string, container: string): string => `sub-of-${owner}-to-${container}`;
export const hierarchyNode = (type: string, container: string, domain: string): string =>
  `${type}:${container}@${domain}`;
