import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allOperations } from '../operations.ts';
import { ask } from '../testing/http.ts';
import { openWorld, type World } from '../testing/world.ts';

let world: World;
let downloads = '';
beforeAll(async () => {
  downloads = await mkdtemp(join(tmpdir(), 'downloads-'));
  await writeFile(join(downloads, 'connector-1.2.3-x64.exe'), 'installer');
  await writeFile(join(downloads, 'secret.key'), 'secret');
  world = await openWorld({ policy: { downloads } });
});
afterAll(async () => {
  await world.close();
  await rm(downloads, { recursive: true });
});

const get = (path: string) => ask({ method: 'GET', url: world.server.url + path });

test('[DL1] the downloads page lists installers with version, size and checksum, and serves nothing else of the folder', async () => {
  const checksum = createHash('sha256').update('installer').digest('hex');
  expect(JSON.parse((await get('/downloads/list.json')).text)).toEqual([
    { name: 'connector-1.2.3-x64.exe', version: '1.2.3', size: 9, checksum },
  ]);
  expect((await get('/downloads')).text).toContain(checksum);
  expect((await get('/downloads/files/connector-1.2.3-x64.exe')).text).toBe('installer');
  for (const name of ['secret.key', '..%2f..%2fetc%2fpasswd', '.'])
    expect((await get(`/downloads/files/${name}`)).status).not.toBe(200);
});

test('[OA1] the API is described from the table that answers, with every reference resolved', async () => {
  const { text } = await get('/docs/openapi.json');
  const document = JSON.parse(text) as { paths: Record<string, object>; components: { schemas: object } };
  const described = Object.values(document.paths).flatMap((path) => Object.keys(path)).length;
  expect(described).toBe(allOperations().length);
  const references = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map((match) => match[1] ?? '');
  expect(references.filter((name) => !Object.hasOwn(document.components.schemas, name))).toEqual([]);
  expect((await get('/docs')).text).toContain('ICalendar');
});
