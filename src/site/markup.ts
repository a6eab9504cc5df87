import { escaped } from '../language/escape.ts';

/** Markup that may be sent as it is: only `markup` makes it, and escapes whatever is put into it. */
export class Markup {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

/** What may stand in markup: text, which is escaped, other markup, several of them, or nothing. */
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
