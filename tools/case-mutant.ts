/** One hard case of calendars, and the changes that break it. */

export type CaseMutant = {
  readonly hardCase: string;
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly tests: readonly string[];
};

type Change = readonly [name: string, file: string, from: string, to: string, tests: string];

/** The changes that break one case, each noticed in one file of tests. */
export const of = (hardCase: string, ...changes: readonly Change[]): CaseMutant[] =>
  changes.map(([name, file, from, to, tests]) => ({ hardCase, name, file: `${file}.ts`, from, to, tests: [tests] }));
