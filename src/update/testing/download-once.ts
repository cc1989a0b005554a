/** Downloads one file in a process of its own, `node download-once.ts URL SIZE SHA256 FILE FILLS`; says how it went. `FILLS`: fills the disk meanwhile. */
import { appendFileSync, readdirSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fetch } from 'undici';
import { isFailure } from '../../base/failure.ts';
import { systemClock } from '../../node/system-clock.ts';
import { download } from '../download.ts';

const [url = '', size = '', sha256 = '', file = '', fills = ''] = process.argv.slice(2);

function fill(): void {
  try {
    for (;;) appendFileSync(join(dirname(file), 'filler'), Buffer.alloc(1_000_000));
  } catch {
    // Full.
  }
}

let done = 'downloaded';
let filled = fills === '';
try {
  await download({
    ...{ url, wanted: { size: Number(size), sha256 }, file, etag: null, fetch, clock: systemClock },
    began: () => {},
    progress: () => {
      if (!filled) fill();
      filled = true;
    },
    ...{ rate: Number.POSITIVE_INFINITY, signal: new AbortController().signal },
  });
} catch (error) {
  done = isFailure(error) ? error.code : String(error);
}
writeSync(1, JSON.stringify({ done, left: readdirSync(dirname(file)).filter((name) => name !== 'filler') }));
