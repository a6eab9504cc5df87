/** Markup that may be sent as it is: only `markup` makes it, and escapes whatever is put into it. */
export class Markup {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

/** What may stand in markup: text, which is escaped, other markup, several of them, or nothing. */
export type Piece = string | number | Markup | null | undefined | false | readonly Piece[];

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Neither HTML nor XML 1.0 can hold these, escaped or not. */
const UNUTTERABLE = /(?![\n\t])\p{Cc}|[\ufffe\uffff]/gu;

const sourceOf = (piece: Piece): string => {
  if (piece === null || piece === undefined || piece === false) return '';
  if (piece instanceof Markup) return piece.source;
  if (typeof piece === 'object') return piece.map(sourceOf).join('');
  return String(piece)
    .toWellFormed()
    .replace(UNUTTERABLE, '')
    .replace(/[&<>"']/g, sign => SIGNS[sign]!);
};

/** Makes markup, of HTML and of XML alike: `` markup`<p>${words}</p>` ``. An attribute's value stands in quotes. */
export const markup = (parts: TemplateStringsArray, ...pieces: Piece[]): Markup =>
  new Markup(parts.map((part, i) => part + sourceOf(pieces[i])).join(''));
