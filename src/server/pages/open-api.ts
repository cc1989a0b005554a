import type { TSchema } from 'typebox';
import type { Operation, ResultSpec } from '../kernel/operation.ts';

/** The API as an OpenAPI 3.1 document, from the same table and schemas that answer and validate. */
export function openApi(operations: readonly Operation[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    const path = `/api${operation.path}`;
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: described(operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'BlueMind-compatible server', version },
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-BM-ApiKey' } },
      schemas: named(operations),
      responses: {
        refused: {
          description: 'Refused; branch on errorCode, not on the status',
          content: { 'application/json': { schema: ERROR } },
        },
      },
    },
  };
}

const ERROR = {
  type: 'object',
  properties: { errorCode: { type: 'string' }, errorType: { type: 'string' }, message: { type: 'string' } },
} as const;

function described(operation: Operation): object {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].flatMap((match) => match[1] ?? []);
  const text = { schema: { type: 'string' } } as const;
  return {
    operationId: `${operation.service}.${operation.name}`,
    tags: [operation.service],
    ...(operation.anonymous === true ? { security: [] } : {}),
    parameters: [
      ...names.map((name) => ({ name, in: 'path', required: true, ...text })),
      ...(operation.query ?? []).map((name) => ({ name, in: 'query', required: false, ...text })),
    ],
    ...bodyOf(operation),
    responses: {
      200: { description: 'Done', ...contentOf(operation.result) },
      ...(operation.result.kind === 'void' ? {} : { 204: { description: 'There is none' } }),
      default: { $ref: '#/components/responses/refused' },
    },
  };
}

function bodyOf({ body }: Operation): object {
  switch (body.kind) {
    case 'none':
      return {};
    case 'json':
      return { requestBody: { content: { 'application/json': { schema: referred(body.schema) } } } };
    case 'text':
      return { requestBody: { content: { 'application/json': { schema: { type: 'string' } }, 'text/plain': {} } } };
    case 'bytes':
    case 'stream':
      return { requestBody: { content: { 'application/octet-stream': {} } } };
  }
}

function contentOf(result: ResultSpec): object {
  switch (result.kind) {
    case 'void':
      return {};
    case 'json':
      return { content: { 'application/json': { schema: referred(result.schema) } } };
    case 'string':
      return { content: { 'application/json': { schema: { type: 'string' } } } };
    default:
      return { content: { [result.produces]: {} } };
  }
}

/** Schemas with a title stand once, below `components`. */
function named(operations: readonly Operation[]): Record<string, unknown> {
  const found = new Map<string, unknown>();
  for (const { body, result } of operations)
    for (const schema of [body.schema, result.kind === 'json' ? result.schema : undefined]) collect(schema, found);
  return Object.fromEntries([...found].map(([title, schema]) => [title, inside(schema)]));
}

function collect(schema: unknown, found: Map<string, unknown>): void {
  if (typeof schema !== 'object' || schema === null) return;
  const title = titleOf(schema);
  if (title !== undefined) {
    if (found.has(title)) return;
    found.set(title, schema);
  }
  for (const member of Object.values(schema)) collect(member, found);
}

function referred(schema: TSchema | undefined): unknown {
  return schema === undefined ? {} : replaced(schema);
}

function replaced(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  const title = titleOf(schema);
  return title === undefined ? inside(schema) : { $ref: `#/components/schemas/${title}` };
}

/** A schema with the titled ones in it replaced by references; what only our reader understands is left out. */
function inside(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(replaced);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([name]) => name !== 'nullAs' && name !== 'required')
      .map(([name, member]) => [name, replaced(member)]),
  );
}

function titleOf(schema: object): string | undefined {
  const { title, type } = schema as { title?: unknown; type?: unknown };
  return typeof title === 'string' && type === 'object' ? title : undefined;
}
