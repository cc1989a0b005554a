import { must } from '../../base/assert.ts';
import { bareFault } from './fault.ts';
import type { Call } from './operation.ts';

/** A path parameter that the path of the operation names. */
export function param(call: Call<unknown>, name: string): string {
  return must(call.params[name], `path parameter ${name}`);
}

/** A whole number of the query, `undefined` when it is left out or empty. @throws a bare fault on anything else, as Java's parser */
export function longQuery(call: Call<unknown>, name: string): number | undefined {
  const text = call.query[name];
  if (text === undefined || text === '' || text === 'null') return undefined;
  return toLong(text);
}

/** A path parameter that is an item id. */
export function longParam(call: Call<unknown>, name: string): number {
  return toLong(param(call, name));
}

/** Java's `parseBoolean`: anything but "true" is false. */
export function booleanQuery(call: Call<unknown>, name: string): boolean {
  return call.query[name]?.toLowerCase() === 'true';
}

function toLong(text: string): number {
  const value = Number(text);
  if (!/^[+-]?\d+$/.test(text) || !Number.isSafeInteger(value)) throw bareFault('A number was expected.');
  return value;
}
