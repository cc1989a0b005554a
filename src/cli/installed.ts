/** Where the installed executable begins: `tools/windows/build-bundle.ts` makes one file of it. Without arguments it opens its window. */
import { keepHeapLean } from '../node/lean-heap.ts';
import { trustSystemCertificates } from '../node/system-trust.ts';
import { runProcess } from './process.ts';
import { VERSION } from './version.ts';

keepHeapLean();
trustSystemCertificates();
const args = process.argv.slice(2);
void runProcess(VERSION, args.length === 0 ? ['agent', '--open', 'status'] : args);
