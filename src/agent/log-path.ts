/** Words of the server's interface: what else stands in a path names a user, a container or an item. */
const WORDS: ReadonlySet<string> = new Set(
  (
    'addressbooks auth calendars containers directory entry-uid installation loginWithParams logout mgmt ping state ' +
    'subscriptions system tags tasks users vcards vevent'
  ).split(' '),
);

/** A path of the server's interface, with everything in it hidden that is none of its words. */
export function hiddenPath(path: string, hide: (text: string) => string): string {
  return path
    .split('/')
    .map((part) => (part === '' || WORDS.has(part) || /^_[a-zA-Z]+$/.test(part) ? part : hide(part)))
    .join('/');
}
