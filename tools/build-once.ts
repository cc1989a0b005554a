/** A build that is made once, however many ask for it at the same time, and again only when its sources changed. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import threads from 'node:worker_threads';

/**
 * @param mark a file that names the sources of what was built; written last, so that a build that broke off is made again
 * @param sources their digest
 */
export function buildOnce(mark: string, sources: string, build: () => Promise<unknown>): Promise<void> {
  const made = async () => {
    if (existsSync(mark) && readFileSync(mark, 'utf8') === sources) return;
    await build();
    writeFileSync(mark, sources);
  };
  // Test files run in threads of one process, and several of them begin with the same build. A Node below 24.5 has no locks.
  const locks: typeof threads.locks | undefined = threads.locks;
  return locks === undefined ? made() : locks.request(mark, made);
}
