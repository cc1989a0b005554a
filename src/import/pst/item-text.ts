/** The text of an item: plain where it has one, else what its HTML or its rich text says. */

import type { RichText } from '../../domain/text.ts';
import { htmlText, plainText } from '../../mapping/rich-text.ts';
import { APPOINTMENT_IN_FILE as BODY } from '../../outlook/program/schema-names.ts';
import type { BySchema } from './by-schema.ts';
import { rtfText } from './rtf.ts';
import { decodeText } from './text.ts';

/** @loss rich text keeps its words and lines only */
export function itemText(item: BySchema): RichText {
  const plain = item.text(BODY.body);
  if (plain.trim() !== '') return plainText(plain);
  const html = item.bytes(BODY.html);
  if (html !== undefined && html.length > 0) return htmlText(decodeText(html, item.number(BODY.codePage) ?? 65001));
  const rtf = item.bytes(BODY.rtf);
  return rtf === undefined ? plainText('') : plainText(rtfText(rtf));
}
