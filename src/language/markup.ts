import { escaped } from './escape.ts';

/** Markup that may be sent as it is: only `markup` makes it, and escapes whatever is put into it. */
export class Markup {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

/** Describes what may stand in markup: text, which is escaped, other markup, several of them, or nothing. */
export type Piece = string | number | Markup | null | undefined | false | readonly Piece[];

const sourceOf = (piece: Piece): string => {
  if (piece === null || piece === undefined || piece === false) return '';
  if (piece instanceof Markup) return piece.source;
  if (typeof piece === 'object') return piece.map(sourceOf).join('');
  return escaped(String(piece));
};

/** Makes markup, of HTML and of XML alike: `` markup`<p>${words}</p>` ``. An attribute's value stands in quotes. */
export const markup = (parts: TemplateStringsArray, ...pieces: Piece[]): Markup =>
  new Markup(parts.map((part, i) => part + sourceOf(pieces[i])).join(''));

/** Attributes of an element; what is null or undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | null | undefined>>;

/** Makes an element of XML; text and attributes are escaped. */
export function element(name: string, attributes: Attributes = {}, ...children: readonly Piece[]): Markup {
  const given = Object.entries(attributes).map(([key, value]) =>
    value === null || value === undefined ? '' : ` ${key}="${escaped(String(value))}"`,
  );
  const inner = sourceOf(children);
  return new Markup(inner === '' ? `<${name}${given.join('')}/>` : `<${name}${given.join('')}>${inner}</${name}>`);
}

/** A whole document of XML. */
export const xmlDocument = (root: Markup): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root.source}\n`;
