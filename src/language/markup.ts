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

/** The beginning of an element, without the sign that ends it. */
function opening(name: string, attributes: Attributes): string {
  let source = `<${name}`;
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== null && value !== undefined) source += ` ${key}="${escaped(String(value))}"`;
  }
  return source;
}

/** Makes an element of XML; text and attributes are escaped. */
export function element(name: string, attributes: Attributes = {}, ...children: readonly Piece[]): Markup {
  const inner = sourceOf(children);
  return new Markup(
    inner === '' ? `${opening(name, attributes)}/>` : `${opening(name, attributes)}>${inner}</${name}>`,
  );
}

/** Makes an element of so much that it stays in pieces: what is in it is not put together once more. */
export const elementInPieces = (name: string, attributes: Attributes, pieces: readonly Markup[]): Markup[] => [
  new Markup(`${opening(name, attributes)}>`),
  ...pieces,
  new Markup(`</${name}>`),
];

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A whole document of XML. */
export const xmlDocument = (root: Markup): string => `${DECLARATION}${root.source}\n`;

/** A whole document of XML in pieces. */
export const xmlPieces = (root: readonly Markup[]): string[] => [DECLARATION, ...root.map(one => one.source), '\n'];
