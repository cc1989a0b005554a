/** What the trial adds to the local API: both sides beside each other. A real installation has none of it. */
import { Type } from 'typebox';
import { get, type RouteTable } from './routes.ts';
import { id, object } from './shapes.ts';

const row = object({
  uid: Type.String(),
  title: Type.String(),
  when: Type.String({ description: 'of a card what stands beside its name' }),
});

export const TRIAL_ROUTES = {
  'trial/items': get(
    'all items of both sides of a folder',
    { pair: id },
    object({ outlook: Type.Array(row), server: Type.Array(row) }),
  ),
} as const satisfies RouteTable;
