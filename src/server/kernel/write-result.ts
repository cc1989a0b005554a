import type { ResultSpec } from './operation.ts';
import { writeJson } from './raw-json.ts';

/** A response, before it meets HTTP. */
export type Answer = { readonly status: number; readonly type: string | undefined; readonly body: string | Buffer };

const JSON_TYPE = 'application/json';

/**
 * The answer to a call that went well. Rules [R1] to [R4]: null is 204 without a body; void is 200 without a body; a String is
 * JSON text in quotes when the request carries any Accept at all, the bare text under a JSON content type when it carries none;
 * texts, images and byte arrays are raw unless JSON is asked for.
 */
export function writeResult(spec: ResultSpec, value: unknown, accept: string | undefined): Answer {
  if (spec.kind === 'void') return { status: 200, type: undefined, body: '' };
  if (value === null || value === undefined) return { status: 204, type: undefined, body: '' };
  const wantsJson = accept?.split(',').some((part) => part.split(';')[0]?.trim() === JSON_TYPE);
  switch (spec.kind) {
    case 'json':
      return { status: 200, type: JSON_TYPE, body: writeJson(value) };
    case 'string':
      return { status: 200, type: JSON_TYPE, body: accept === undefined ? String(value) : JSON.stringify(value) };
    case 'text':
      return wantsJson
        ? { status: 200, type: JSON_TYPE, body: JSON.stringify(value) }
        : { status: 200, type: `${spec.produces};charset=UTF-8`, body: String(value) };
    case 'bytes': {
      const bytes = Buffer.from(value as Uint8Array);
      return wantsJson
        ? { status: 200, type: JSON_TYPE, body: JSON.stringify(bytes.toString('base64')) }
        : { status: 200, type: spec.produces, body: bytes };
    }
    case 'stream':
      return {
        status: 200,
        type: spec.produces,
        body: typeof value === 'string' ? value : Buffer.from(value as Uint8Array),
      };
  }
}
