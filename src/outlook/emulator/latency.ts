import type { DispatchKind } from './dispatch.ts';

/**
 * How long a call takes on a middling machine from another process: a crossing for anything, more for what touches the store.
 * Calibrated so that 54 distribution lists take about a minute and a half, and a cell of a Table far less than a property of an item.
 * @units milliseconds
 * @source outlook-objects.md section 7 (report of 94 s for 54 lists), section 4 (table as the fast query)
 */
export function latencyOf(className: string, member: string, kind: DispatchKind): number {
  if (member === 'Save' || member === 'Move' || member === 'Copy' || member === 'Delete') return 15;
  if (member === 'Resolve' || member === 'AddMember' || member === 'ResolveAll') return 40;
  if (member === 'GetTable' || member === 'Restrict' || member === 'Sort' || member === 'GetItemFromID') return 5;
  if (className === 'Table' || className === 'Row' || className === 'Columns') return 0.1;
  if (className.endsWith('Item') && kind !== 'call') return 0.6;
  return 0.3;
}
