/** The process of the measurements' server: one user, as many folders as `BENCH_COMPANY` says; it tells its address to who started it. */
import { randomUUID } from 'node:crypto';
import { createDomain, createUser } from '../../src/server/admin/accounts.ts';
import { createBook, createCalendar } from '../../src/server/admin/containers.ts';
import { openServer } from '../../src/server/open-server.ts';
import { type Folder, LOGIN, PASSWORD, type Size, USER } from './company.ts';

const size = JSON.parse(process.env['BENCH_COMPANY'] ?? '') as Size;
const server = await openServer({ dataFile: ':memory:' });
createDomain(server.kernel, { uid: 'bench.test' });
const user = { login: 'jane', domain: 'bench.test', password: PASSWORD, displayName: 'Jane Doe', uid: USER };
await createUser(server.kernel, user);
const more = (count: number, make: (name: string) => { readonly uid: string }) =>
  Array.from({ length: Math.max(0, count - 1) }, () => make(`Folder ${randomUUID()}`).uid);
const calendars = more(size.calendars, (name) => createCalendar(server.kernel, { owner: LOGIN, name }));
const books = more(size.books, (name) => createBook(server.kernel, { owner: LOGIN, name }));
const folders: Folder[] = [
  ...[`calendar:Default:${USER}`, ...calendars]
    .slice(0, size.calendars)
    .map((uid): Folder => ({ service: 'calendars', uid, items: size.events })),
  ...[`book:Contacts_${USER}`, ...books]
    .slice(0, size.books)
    .map((uid): Folder => ({ service: 'addressbooks', uid, items: size.cards })),
];
process.on('disconnect', () => void server.close().then(() => process.exit()));
process.send?.({ url: server.url, folders });
