import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { keepHeapLean } from '../node/lean-heap.ts';
import { VERSION } from './version.ts';

keepHeapLean();
// Halves the start of every command. Not in the system's folder for temporary files, where others could lay code ready for us.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/connector', import.meta.url)));
const { runProcess } = await import('./process.ts');
await runProcess(VERSION, process.argv.slice(2));
