import { TaskStatus } from '../../wire/task.ts';
import { fault } from '../kernel/fault.ts';
import { type Operation, operation, result } from '../kernel/operation.ts';
import { longQuery, param } from '../kernel/parameters.ts';

/** ITask: how far a long piece of work is. Its id is unguessable, and who has it may ask. */
export function taskOperations(): Operation[] {
  const service = 'ITask';
  const found = <T>(value: T | undefined): T => {
    if (value === undefined) throw fault('NOT_FOUND', 'There is no such task (any more).');
    return value;
  };
  return [
    operation({
      service,
      name: 'status',
      method: 'GET',
      path: '/tasks/{taskId}',
      result: result(TaskStatus),
      run: (call) => found(call.kernel.tasks.status(param(call, 'taskId'))),
    }),
    operation({
      service,
      name: 'log',
      method: 'GET',
      path: '/tasks/{taskId}/_log',
      result: { kind: 'stream', produces: 'application/octet-stream' },
      run: (call) => found(call.kernel.tasks.logs(param(call, 'taskId'), 0)).join('\n'),
    }),
    operation({
      service,
      name: 'getCurrentLogs',
      method: 'GET',
      path: '/tasks/{taskId}/_currentLogs',
      query: ['offset'],
      result: result(),
      run: (call) => found(call.kernel.tasks.logs(param(call, 'taskId'), longQuery(call, 'offset') ?? 0)),
    }),
  ];
}
