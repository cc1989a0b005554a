/** The add-in's interpreter under mutated requests, with the compiler's sanitizers: whatever the agent sends, Outlook lives. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import {
  encodeProgram,
  encodeRelease,
  encodeResume,
  encodeRun,
} from '../../../src/outlook/com/in-process/encode-request.ts';
import { createFolder, describeFolder, listRoots, openSession } from '../../../src/outlook/program/folders.ts';
import type { ObjectRef, Program } from '../../../src/outlook/program/program.ts';
import { readAppointment } from '../../../src/outlook/program/read-appointment.ts';
import { readingProgram } from '../../../src/outlook/program/reading.ts';
import { writeAppointment } from '../../../src/outlook/program/write-appointment.ts';
import { sampleAppointment } from '../../../src/outlook/testing/samples.ts';
import { buildFuzzer } from '../../../tools/windows/build-fuzzer.ts';

/** Another one each day, and the one of a failure when it is given. */
const SEED = process.env['SEED'] ?? String(Math.floor(Date.now() / 86_400_000));

/** Fails when anything crashes, leaks, or leaves an object behind. @param seconds how long it mutates */
export function fuzzAddIn(seconds: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
  try {
    const program = buildFuzzer(folder);
    const { status, stdout, stderr } = spawnSync(program, [String(seconds), SEED, ...corpus(folder)], {
      encoding: 'utf8',
    });
    console.log(`seed ${SEED}: ${stdout.trim()}`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    // Fewer would mean that nothing but the refusals was reached.
    expect(Number(/(\d+) edges/.exec(stdout)?.[1])).toBeGreaterThan(300);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Requests of every kind, from the programs that the connector runs. */
function corpus(folder: string): readonly string[] {
  const session: ObjectRef = { object: 1 };
  const given = { session, folder: { object: 2 } };
  const place = { entryId: '00AA', storeId: '00BB' };
  const programs: readonly Program[] = [
    openSession(),
    listRoots(given),
    describeFolder(given, place),
    createFolder(given, { kind: 'calendar', name: 'Fuzz', description: 'mark' }),
    readingProgram('read', given, [readAppointment(place), readAppointment(place)]).program,
    writeAppointment({
      given,
      storeId: '00BB',
      before: undefined,
      after: sampleAppointment(),
      yearlyInterval: 'months',
    })?.program ?? openSession(),
  ];
  const opened = encodeRun(encodeProgram(openSession()), { budget: 50, releases: [] });
  const inputs = programs.map((one) => {
    // The session first, so that what it needs is kept; then the program, and a resumption of it.
    const run = encodeRun(encodeProgram({ ...one, given: { session } }), { budget: 5, releases: [7] });
    return sized(opened, run.length < 255 ? run : undefined, encodeResume(5), encodeRelease([1, 2]), run);
  });
  return inputs.map((bytes, at) => {
    const path = join(folder, `seed-${at}`);
    writeFileSync(path, bytes);
    return path;
  });
}

/** Requests one behind the other, each with its length before it; 255: all that follows. */
function sized(...requests: readonly (Uint8Array | undefined)[]): Uint8Array {
  const pieces = requests.flatMap((request) => (request === undefined ? [] : [request]));
  return Uint8Array.from(pieces.flatMap((piece, at) => [at === pieces.length - 1 ? 255 : piece.length, ...piece]));
}
