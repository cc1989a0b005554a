import { expect, test } from 'vitest';
import { systemClock } from '../node/system-clock.ts';
import { BATCH } from '../sync/look.ts';
import { itemService } from './item-service.ts';
import type { Session } from './session.ts';
import { bluemindSide } from './side.ts';

test('a batch of new items costs the server a request for a hundred', async () => {
  const requests: string[] = [];
  const call: Session['call'] = async ({ path, body }) => {
    requests.push(path);
    if (path.endsWith('/_mget')) return (body as string[]).map((uid) => ({ uid, version: 1, value: 'stored' }));
    return { added: [], updated: [], removed: [], errors: [], version: 1 };
  };
  const service = itemService<string>({ call } as Session, 'calendars');
  const mapping = { read: (value: string) => value, write: () => 'stored', survives: (content: string) => content };
  const side = bluemindSide({ service, mapping, clock: systemClock });
  const creates = Array.from({ length: BATCH.server }, (_, at) => ({ token: `uid-${at}`, content: 'stored' }));
  const effects = await side.create('folder', creates);
  expect(effects.filter(({ ok }) => ok)).toHaveLength(creates.length);
  expect(requests).toHaveLength(creates.length / 100);
});
