import { randomBytes, randomUUID } from 'node:crypto';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Clock } from '../base/clock.ts';
import { Failure } from '../base/failure.ts';
import { systemClock } from '../node/system-clock.ts';
import { purgeFiles, purgeReports, purgeTombstones } from './admin/state.ts';
import { mountAttachments } from './attachments/routes.ts';
import { mountConnectors } from './connectors/routes.ts';
import { secureHeaders } from './kernel/headers.ts';
import { newHub } from './kernel/hub.ts';
import type { Kernel, Policy } from './kernel/kernel.ts';
import { mountOperations, refuse } from './kernel/mount.ts';
import { allOperations } from './operations.ts';
import { mountPages } from './pages/mount-pages.ts';
import { mountEventBus } from './push/eventbus.ts';
import { newSessionLife } from './sessions/session-life.ts';
import { newThrottle } from './sessions/throttle.ts';
import { openSqlite } from './store/sqlite/open-sqlite.ts';
import { newTasks } from './tasks/tasks.ts';

/** How the server is run; everything but `dataFile` has a default. */
export type ServerOptions = {
  /** The SQLite file, or `:memory:`. */
  readonly dataFile: string;
  /** Loopback and a free port unless told otherwise. */
  readonly listen?: { readonly host?: string | undefined; readonly port?: number | undefined } | undefined;
  /** PEM texts; HTTPS when given. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** @units milliseconds in which a client must have sent its request */
  readonly patience?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly newId?: (() => string) | undefined;
  readonly log?: ((line: string) => void) | undefined;
  readonly policy?: Partial<Policy> | undefined;
};

export type RunningServer = {
  /** `http://127.0.0.1:1234`, without a slash at its end. */
  readonly url: string;
  /** For the functions of `admin/`. */
  readonly kernel: Kernel;
  /** Ends connections and closes the data file. */
  close(): Promise<void>;
};

const DAY = 24 * 60 * 60_000;

const POLICY: Policy = {
  defaultDomain: '',
  softwareVersion: '5.1.0',
  maxBody: 10_000_000,
  sessionIdle: 20 * 60_000,
  tombstoneAge: 60 * DAY,
  pushDelay: 500,
  publicUrl: '',
  maxAttachment: 50_000_000,
  passwordCost: 16_384,
  downloads: undefined,
};

/** Starts a server on its data file. @throws Failure SERVER_LISTEN when the port cannot be used */
export async function openServer(options: ServerOptions): Promise<RunningServer> {
  let url = '';
  const { kernel, close } = openKernel(options, () => url);
  const app = newApp(options, kernel);
  secureHeaders(app);
  await mountEventBus(app, kernel);
  mountAttachments(app, kernel);
  const operations = allOperations();
  mountPages(app, kernel, operations);
  mountConnectors(app, kernel);
  mountOperations(app, kernel, operations);
  try {
    url = await app.listen({ host: options.listen?.host ?? '127.0.0.1', port: options.listen?.port ?? 0 });
  } catch (cause) {
    await close();
    throw new Failure('SERVER_LISTEN', 'The address is in use or not ours: choose another port or host.', { cause });
  }
  const purge = () => {
    purgeTombstones(kernel);
    purgeFiles(kernel);
    purgeReports(kernel);
  };
  purge();
  const sweep = setInterval(purge, 2 * DAY);
  sweep.unref();
  return {
    url,
    kernel,
    async close() {
      clearInterval(sweep);
      await app.close();
      await close();
    },
  };
}

/** What `openKernel` needs of the options of a server. */
export type KernelOptions = Omit<ServerOptions, 'listen' | 'tls' | 'patience'>;

/** The server without HTTP, for commands on its data file; a server may be running on that file meanwhile. */
export function openKernel(
  options: KernelOptions,
  url: () => string = () => '',
): { readonly kernel: Kernel; close(): Promise<void> } {
  const store = openSqlite(options.dataFile);
  const policy: Policy = { ...POLICY, ...options.policy };
  const kernel = newKernel(options, store, () => ({
    ...policy,
    publicUrl: policy.publicUrl === '' ? url() : policy.publicUrl,
    defaultDomain: policy.defaultDomain === '' ? (store.people.domains()[0]?.uid ?? '') : policy.defaultDomain,
  }));
  return {
    kernel,
    async close() {
      await kernel.tasks.idle();
      store.close();
    },
  };
}

function newKernel(options: KernelOptions, store: Kernel['store'], policy: () => Policy): Kernel {
  const clock = options.clock ?? systemClock;
  const newId = options.newId ?? randomUUID;
  const newKey = () => randomBytes(32).toString('hex');
  const log = options.log ?? (() => {});
  return {
    store,
    clock,
    newId,
    newKey,
    hub: newHub(),
    tasks: newTasks({ clock, newId, log }),
    sessions: newSessionLife({ store, clock, newKey, policy }),
    throttle: newThrottle(clock),
    policy,
    state: { current: 'CORE_STATE_RUNNING' },
    log,
  };
}

function newApp(options: ServerOptions, kernel: Kernel): FastifyInstance {
  const { patience = 60_000 } = options;
  // A client that takes longer to send its request, or only its headers, is cut.
  const slow = {
    requestTimeout: patience,
    headersTimeout: patience,
    connectionsCheckingInterval: Math.ceil(patience / 4),
  };
  const app = fastify({
    logger: false,
    exposeHeadRoutes: false,
    connectionTimeout: 2 * patience,
    forceCloseConnections: true,
    // A path that cannot be decoded never reaches a route.
    frameworkErrors: (error, _request, reply) => void refuse(kernel, reply as unknown as FastifyReply, error),
    routerOptions: { maxParamLength: 4_000 },
    ...(options.tls === undefined ? { http: slow } : { https: { ...slow, ...options.tls } }),
  }) as unknown as FastifyInstance;
  // Two calls of the contract send a body with GET.
  app.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
  return app;
}
