import { Failure } from '../../base/failure.ts';
import type { Side } from '../side.ts';

export type FailurePlan = {
  /** The call that fails, counted from 1 over all calls of the side. */
  readonly call: number;
  /** Whether its effect has happened when it fails. */
  readonly when: 'before' | 'after';
  readonly failure?: Failure;
};

/** The side, out of reach from one call on: that call fails before or after its effect, later ones before theirs. */
export function failingSide<C>(side: Side<C>, { call, when, failure }: FailurePlan): Side<C> {
  const error = failure ?? new Failure('SIDE_UNREACHABLE', 'The side cannot be reached.', { retry: 'later' });
  let calls = 0;
  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    calls += 1;
    if (calls > call || (calls === call && when === 'before')) throw error;
    const result = await work();
    if (calls === call) throw error;
    return result;
  };
  const { mark } = side;
  return {
    name: side.name,
    supports: side.supports,
    preview: side.preview,
    view: (...args) => counted(() => side.view(...args)),
    read: (...args) => counted(() => side.read(...args)),
    find: (...args) => counted(() => side.find(...args)),
    create: (...args) => counted(() => side.create(...args)),
    update: (...args) => counted(() => side.update(...args)),
    remove: (...args) => counted(() => side.remove(...args)),
    ...(mark && { mark: (...args) => counted(() => mark(...args)) }),
  };
}
