/** Run by Windows' Node: calls Windows through koffi and tells what it found. */
import koffi from 'koffi';

const kernel = koffi.load('kernel32.dll');
const currentProcess = kernel.func('uint32 __stdcall GetCurrentProcessId()');
console.log(
  JSON.stringify({ platform: process.platform, same: currentProcess() === process.pid, args: process.argv.slice(2) }),
);
