import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, begun first: begun last it would keep one core busy while the others have nothing left to do. */
const LONGEST = ['both-ways', 'bad-input', 'real-agent', 'states', 'host/host', 'folders', 'trust', 'held', 'history'];

/** A clone that has never been tested knows no times; the runner would go by the size of files. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
  return at < 0 ? LONGEST.length : at;
}
