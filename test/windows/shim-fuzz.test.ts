import { it } from 'vitest';
import { fuzzAddIn } from './shim/fuzz.ts';

it('no request and no line crashes the add-in, leaks, or leaves an object behind', () => fuzzAddIn(5), 300_000);
