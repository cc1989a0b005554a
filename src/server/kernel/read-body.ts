import type { TSchema } from 'typebox';
import { fault } from './fault.ts';
import type { BodySpec } from './operation.ts';
import { readValue } from './read-value.ts';

/**
 * The body of a request as its operation wants it. String and byte[] bodies come as JSON text, or raw with exactly `text/plain`
 * or `application/octet-stream`: `text/plain; charset=utf-8` is not recognised and is parsed as JSON. Rules [B1] to [B3].
 */
export function readBody(spec: BodySpec<unknown>, body: Buffer | undefined, contentType: string | undefined): unknown {
  switch (spec.kind) {
    case 'none':
      return undefined;
    case 'stream':
      return body ?? Buffer.alloc(0);
    case 'text':
      return contentType === 'text/plain' ? (body ?? Buffer.alloc(0)).toString('utf8') : textOf(parse(body));
    case 'bytes': {
      if (contentType === 'application/octet-stream' || contentType?.startsWith('image/'))
        return body ?? Buffer.alloc(0);
      const text = textOf(parse(body));
      return text === null ? null : Buffer.from(text, 'base64');
    }
    case 'json':
      return readValue(spec.schema as TSchema, parse(body));
  }
}

function parse(body: Buffer | undefined): unknown {
  if (body === undefined || body.length === 0) return null;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw fault('UNKNOWN', 'The request cannot be read: its body is not JSON.');
  }
}

function textOf(value: unknown): string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw fault('UNKNOWN', 'The request cannot be read: its body must be a JSON text.');
}
