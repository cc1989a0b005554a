/**
 * Items whose content is folded up until it is asked for. All that is new in a folder is in memory at once, from the look at it to
 * the last batch; folded it takes a fifth of what it takes as objects, and goes with its batch.
 */
import type { Item, ItemId, Rev, Token } from './side.ts';
import type { Anchor, Digest } from './state.ts';

/** The same item, its content made anew each time it is asked for: contents are plain, as JSON has them. */
export function folded<C>(item: Item<C>): Item<C> {
  return new FoldedItem(item);
}

/** The same item with a content that is made once, for whoever asks for it several times. */
export function unfolded<C>(item: Item<C>): Item<C> {
  const { id, rev, token, content } = item;
  return item instanceof FoldedItem ? { id, rev, token, content } : item;
}

/** The anchor of an item, its content folded as long as the item's is: a link that is only taken up is a batch's as well. */
export function anchoredAs<C>(item: Item<C>, anchor: Anchor<C>): Anchor<C> {
  return item instanceof FoldedItem ? new FoldedAnchor(item, anchor.digest) : anchor;
}

/** The same anchor with a content that is made once. */
export function unfoldedAnchor<C>(anchor: Anchor<C>): Anchor<C> {
  const { id, rev, digest, token, content } = anchor;
  return anchor instanceof FoldedAnchor ? { id, rev, digest, token, content } : anchor;
}

class FoldedAnchor<C> implements Anchor<C> {
  readonly #item: FoldedItem<C>;
  readonly digest: Digest;

  constructor(item: FoldedItem<C>, digest: Digest) {
    this.#item = item;
    this.digest = digest;
  }

  get id(): ItemId {
    return this.#item.id;
  }

  get rev(): Rev {
    return this.#item.rev;
  }

  get token(): Token | undefined {
    return this.#item.token;
  }

  get content(): C {
    return this.#item.content;
  }
}

/** A class for its getter, which all items share: a closure for each would take as much as some contents do. */
class FoldedItem<C> implements Item<C> {
  readonly id: ItemId;
  readonly rev: Rev;
  readonly token: Token | undefined;
  readonly #form: Form;
  /** JSON of what stands in the gaps, a line each. */
  readonly #said: string;

  constructor({ id, rev, token, content }: Item<C>) {
    this.id = id;
    this.rev = rev;
    this.token = token;
    const said: string[] = [];
    const form = JSON.stringify(content).replace(WORDS, (word, colon: string | undefined) => {
      if (colon === ':') return word;
      said.push(word);
      return GAP;
    });
    this.#form = formOf(form);
    this.#said = said.join('\n');
  }

  get content(): C {
    const said = this.#said.split('\n');
    return JSON.parse(this.#form.map((part, at) => part + (said[at] ?? '')).join('')) as C;
  }
}

/** JSON without its values: names and brackets, which the items of a folder have in common, cut where a value stands. */
type Form = readonly string[];

/** The words of a JSON text; a name takes its colon with it. */
const WORDS = /"[^"\\]*(?:\\.[^"\\]*)*"(:?)|-?\d[\d.eE+-]*|true|false|null/g;
/** Stands in no JSON text, no more than a line break does. */
const GAP = '\0';

/** Forms are kept once: a folder has a few. */
const forms = new Map<string, Form>();
const MOST_FORMS = 1000;

function formOf(text: string): Form {
  const known = forms.get(text);
  if (known !== undefined) return known;
  const made = text.split(GAP);
  if (forms.size >= MOST_FORMS) forms.clear();
  forms.set(text, made);
  return made;
}
