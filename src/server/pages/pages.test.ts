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

const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  ask({ method: 'GET', url: world.server.url + path, headers });

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

test('[DL2] a file is asked for in parts, which belong to one file; one that changed comes whole', async () => {
  const path = '/downloads/files/connector-1.2.3-x64.exe';
  const whole = await get(path);
  const etag = String(whole.headers['etag']);
  const part = async (range: string, condition?: string) => {
    const { status, text, headers } = await get(path, { range, ...(condition && { 'if-range': condition }) });
    return [status, text, headers['content-range'] ?? null, headers['content-length']];
  };
  expect(await part('bytes=4-', etag)).toEqual([206, 'aller', 'bytes 4-8/9', '5']);
  expect(await part('bytes=0-1')).toEqual([206, 'in', 'bytes 0-1/9', '2']);
  expect(await part('bytes=-3')).toEqual([206, 'ler', 'bytes 6-8/9', '3']);
  expect(await part('bytes=4-', '"of another"')).toEqual([200, 'installer', null, '9']);
  expect(await part('lines=1-2')).toEqual([200, 'installer', null, '9']);
  expect((await part('bytes=9-')).slice(0, 3)).toEqual([416, '', 'bytes */9']);
  expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
});

test('[DL3] the manifest of an update channel lies beside the installers; the page shows who signed what', async () => {
  const sha256 = createHash('sha256').update('installer').digest('hex');
  const manifest = { files: [{ name: 'connector-1.2.3-x64.exe', sha256 }] };
  const signatures = [{ key: '00112233aabbccdd', signature: '<b>c2ln</b>' }];
  await writeFile(join(downloads, 'updates-stable.json'), JSON.stringify({ manifest, signatures }));
  await writeFile(join(downloads, 'updates-preview.json'), 'not JSON');
  const answer = await get('/downloads/files/updates-stable.json');
  expect([answer.headers['content-type'], JSON.parse(answer.text)]).toEqual([
    'application/json',
    { manifest, signatures },
  ]);
  const { text } = await get('/downloads');
  expect(text).toContain('<code>00112233aabbccdd</code>: <code>&lt;b>c2ln&lt;/b></code>');
  await writeFile(join(downloads, 'connector-1.2.3-x64.exe'), 'altered!!');
  expect((await get('/downloads')).text).not.toContain('00112233aabbccdd');
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
