import { atom, type Shape } from './shape.ts';

/**
 * A longer text. `plain` is always there (LF line ends, no trailing blanks or line ends); `html` where the side holds the
 * text as HTML (an HTML fragment without html/body wrapper).
 */
export type RichText = { readonly plain: string; readonly html: string | undefined };

/** A text is one value; two of the same words are seen alike, however they are set. */
export const RICH_TEXT_SHAPE: Shape<RichText> = atom((text) => text.plain);
