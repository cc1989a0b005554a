import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { AttachedFile } from '../../wire/calendar.ts';
import { FILE_RETENTION } from '../admin/state.ts';
import { fault } from '../kernel/fault.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { type Call, nothing, type Operation, operation, result, streamBody } from '../kernel/operation.ts';
import { param } from '../kernel/parameters.ts';
import type { StoredFile } from '../store/store.ts';

const service = 'IAttachment';
const PATH = '/attachment/{domainUid}';
/** @units bytes that the route itself accepts; the policy may allow less */
const MOST = 200_000_000;

/** IAttachment: files that events link to, by addresses that nobody can guess. Rules [AT1] to [AT3]. @source fact sheet 4.9 */
export function attachmentOperations(): Operation[] {
  return [
    operation({
      service,
      name: 'share',
      method: 'PUT',
      path: `${PATH}/{name}/share`,
      body: streamBody(MOST),
      result: result(AttachedFile),
      run: (call) => share(call, param(call, 'name')),
    }),
    operation({
      service,
      name: 'shareDedup',
      method: 'PUT',
      path: `${PATH}/{extension}/share_dedup`,
      body: streamBody(MOST),
      result: result(AttachedFile),
      run: (call) => {
        const digest = digestOf(call.body);
        const { session, kernel } = call;
        const known = kernel.store.files.byDigest(session.domain, session.user, digest);
        return known === undefined ? share(call, `${digest}.${param(call, 'extension')}`) : told(kernel, known);
      },
    }),
    operation({
      service,
      name: 'unShare',
      method: 'DELETE',
      path: `${PATH}/{url}/unshare`,
      result: nothing,
      run: (call) => {
        allowed(call);
        const id = /\/attachments\/([0-9a-f]{64})(\/|$)/.exec(param(call, 'url'))?.[1] ?? '';
        const file = call.kernel.store.files.byId(id);
        if (file === undefined || file.owner !== call.session.user || file.domain !== call.session.domain)
          throw fault('NOT_FOUND', 'There is no such file of yours.');
        call.kernel.store.files.remove(id);
      },
    }),
    operation({
      service,
      name: 'getConfiguration',
      method: 'GET',
      path: `${PATH}/_config`,
      result: result(),
      run: (call) => {
        allowed(call);
        const maxFilesize = call.kernel.policy().maxAttachment;
        return { autoDetachmentLimit: 0, maxFilesize, retentionTime: FILE_RETENTION / 86_400_000 };
      },
    }),
  ];
}

/** The download side: `/attachments/<id>/<name>`, always as a file to keep, never shown by the browser. */
export function mountAttachments(app: FastifyInstance, kernel: Kernel): void {
  app.get<{ Params: { id: string } }>('/attachments/:id/:name', async (request, reply) => {
    const file = kernel.store.files.byId(request.params.id);
    if (file === undefined) return reply.code(404).type('text/plain').send('There is no such file (any more).');
    const name = encodeURIComponent(file.name);
    return reply
      .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
      .type('application/octet-stream')
      .send(Buffer.from(file.bytes));
  });
}

/** @throws FORBIDDEN without the role, PERMISSION_DENIED for another domain */
function allowed({ session, params }: Call<unknown>): void {
  if (!session.roles.includes('canRemoteAttach')) throw fault('FORBIDDEN', 'The role canRemoteAttach is missing.');
  if (params['domainUid'] !== session.domain) throw fault('PERMISSION_DENIED', 'This is another domain.');
}

function share(call: Call<Uint8Array>, name: string): AttachedFile {
  allowed(call);
  const { kernel, session, body } = call;
  if (body.length > kernel.policy().maxAttachment)
    throw fault('ENTITY_TOO_LARGE', 'The file is larger than this server keeps.');
  const file: StoredFile = {
    id: kernel.newKey(),
    domain: session.domain,
    owner: session.user,
    name: name.slice(0, 255),
    digest: digestOf(body),
    created: kernel.clock.now(),
    bytes: body,
  };
  kernel.store.files.save(file);
  return told(kernel, file);
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function told(kernel: Kernel, file: StoredFile): AttachedFile {
  return {
    publicUrl: `${kernel.policy().publicUrl}/attachments/${file.id}/${encodeURIComponent(file.name)}`,
    expirationDate: file.created + FILE_RETENTION,
    name: file.name,
    cid: null,
  };
}
