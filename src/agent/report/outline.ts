/**
 * The outline of an item: which of its fields are there, of what type and how long; nothing of what they say. Made from the domain's
 * shapes, so that no name of a member comes from anywhere but the program.
 */
import { CONTACT_SHAPE, GROUP_SHAPE } from '../../domain/contact.ts';
import { SERIES_SHAPE } from '../../domain/event.ts';
import { type AnyShape, anyShape } from '../../domain/shape.ts';

/** `text 17`, `number`, `yes-no`, `value 40` (its length as JSON), `nothing`; a list of outlines; or outlines by name. */
export type Outline = string | readonly Outline[] | { readonly [name: string]: Outline };

/** More entries than this are counted only. */
const MOST = 20;

/** The outline of an event, a contact or a group; of what is none of them, of its JSON. */
export function outlineOfItem(content: unknown): Outline {
  if (typeof content !== 'object' || content === null) return outlineOfValue(content);
  if ('main' in content) return outlineOf(anyShape(SERIES_SHAPE), content);
  const group = 'kind' in content && content.kind === 'group';
  return outlineOf(group ? anyShape(GROUP_SHAPE) : anyShape(CONTACT_SHAPE), content);
}

function outlineOf(shape: AnyShape, value: unknown): Outline {
  if (value === undefined || value === null) return 'nothing';
  switch (shape.of) {
    case 'atom':
      return outlineOfValue(value);
    case 'optional':
      return outlineOf(shape.some, value);
    case 'keyed': {
      if (!Array.isArray(value)) return outlineOfValue(value);
      const entries = value.slice(0, MOST).map((entry) => outlineOf(shape.entry, entry));
      return value.length > MOST ? [...entries, `${value.length - MOST} more`] : entries;
    }
    case 'record':
      if (typeof value !== 'object') return outlineOfValue(value);
      return Object.fromEntries(
        Object.entries(shape.fields)
          .map(([name, field]) => [name, outlineOf(field, (value as Readonly<Record<string, unknown>>)[name])] as const)
          .filter(([, outline]) => outline !== 'nothing'),
      );
  }
}

function outlineOfValue(value: unknown): Outline {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return `text ${value.length}`;
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'yes-no';
  return `value ${JSON.stringify(value)?.length ?? 0}`;
}
