/**
 * Run by Windows' Node: asks a server as the agent does, by the proxy of Windows' settings and with the trust of Windows' store.
 * `node network.ts SERVER` prints the answer, or its code.
 */
import { isFailure } from '../../src/base/failure.ts';
import { openTransport } from '../../src/bluemind/transport.ts';
import { systemProxies } from '../../src/desktop/find-proxy.ts';
import { trustSystemCertificates } from '../../src/node/system-trust.ts';

const [server = ''] = process.argv.slice(2);
trustSystemCertificates();
const findProxy = systemProxies();
const { from } = await findProxy(server);
const transport = openTransport({ server, findProxy, timeout: 20_000 });
try {
  const answer = await transport.send({ method: 'GET', path: '/x' }, undefined);
  console.log(JSON.stringify({ answer, from }));
} catch (error) {
  console.log(JSON.stringify({ code: isFailure(error) ? error.code : String(error), from }));
}
await transport.close();
