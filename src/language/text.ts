/**
 * A piece of a sentence. A string is plain data, no matter who wrote it: only renderers write markup, so a person's
 * words can stand in any sentence safely. `when` carries its instant beside the words, `code` is something to type.
 */
export type Node =
  | string
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'when'; readonly at: number; readonly text: string }
  | { readonly kind: 'link'; readonly url: string; readonly label: string }
  | { readonly kind: 'code'; readonly text: string };

export type Text = string | readonly Node[];

const nodes = (piece: Text | Node | number): readonly Node[] =>
  typeof piece === 'number' ? [String(piece)] : Array.isArray(piece) ? piece : [piece as Node];

/** Makes a sentence: `` t`${code} ditutup ${when}` ``. */
export const t = (parts: TemplateStringsArray, ...slots: (Text | Node | number)[]): Text =>
  parts.flatMap((part, i) => {
    const slot = slots[i];
    return [...(part ? [part] : []), ...(slot === undefined ? [] : nodes(slot))];
  });

export const strong = (text: string): Node => ({ kind: 'strong', text });
export const code = (text: string): Node => ({ kind: 'code', text });
export const link = (url: string, label: string): Node => ({ kind: 'link', url, label });

/** Texts one after the other, with something between them. */
export const join = (texts: readonly Text[], between: string): Text =>
  texts.flatMap((text, i) => (i === 0 ? nodes(text) : [between, ...nodes(text)]));

/** The text as a sentence of its own begins: with a capital. */
export const capital = (text: Text): Text => {
  const [first, ...rest] = nodes(text);
  return typeof first === 'string' ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest] : text;
};

/** The words alone. */
export const plain = (text: Text): string =>
  nodes(text)
    .map(node => {
      if (typeof node === 'string') return node;
      return node.kind === 'link' ? (node.label === node.url ? node.url : `${node.label} (${node.url})`) : node.text;
    })
    .join('');
