import { it } from 'vitest';
import { fuzzAddIn } from '../../test/windows/shim/fuzz.ts';
import { hasFuzzer } from './build-fuzzer.ts';

it.skipIf(!hasFuzzer())(
  'for minutes: no request and no line crashes the add-in, leaks, or leaves an object behind',
  () => fuzzAddIn(240),
  3_600_000,
);
