import type { Locale } from '../../language/locale.ts';
/** A picture of a document: SVG for paper in a browser, or a PNG for either. */
export interface Picture {
  readonly type: 'image/svg+xml' | 'image/png' | 'image/jpeg';
  readonly bytes: Uint8Array;
  /** Proportions; the document decides how large it stands. */
  readonly width: number;
  readonly height: number;
  /** Words for that which it shows. */
  readonly alt: string;
}

/** Contents of a column: a code or a date, an amount, or words. Only words are wrapped. */
export type ColumnKind = 'short' | 'number' | 'words';

export interface TableColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

export type Fact = readonly [label: string, value: string];

/** A part of a document that is made for paper, whatever writes it. Texts are plain; a line break begins a new line. */
export type Part =
  | { readonly kind: 'section'; readonly title: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly style?: 'note' | 'quote' }
  | { readonly kind: 'facts'; readonly rows: readonly Fact[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly TableColumn[];
      readonly rows: readonly (readonly string[])[];
      /** The last row sums up the others. */
      readonly total?: true;
    }
  /** A picture with what is to be known of it beside or below it, under a heading of its own. */
  | {
      readonly kind: 'shown';
      readonly title: string;
      readonly picture: Picture | null;
      readonly facts: readonly Fact[];
    }
  | { readonly kind: 'photos'; readonly pictures: readonly (Picture & { readonly caption: string })[] }
  | { readonly kind: 'signatures'; readonly roles: readonly { readonly role: string; readonly name: string | null }[] };

/** A document for paper. Its sections are numbered, and listed at its beginning. */
export interface PaperDocument {
  readonly locale: Locale;
  readonly title: string;
  readonly cover: { readonly about: string; readonly name: string; readonly facts: readonly Fact[] };
  /** Words of the document itself: what its list of sections is called, its pages, and how it becomes a PDF. */
  readonly words: {
    readonly contents: string;
    readonly page: string;
    readonly hint: string;
    readonly placeAndDate: string;
    readonly name: string;
  };
  readonly parts: readonly Part[];
}

type Inner = Exclude<Part, { kind: 'section' }>;

/** A section: its title with its number, and what stands in it. */
export interface Chapter {
  readonly title: string;
  readonly parts: readonly Inner[];
}

/** The sections of a document in order. */
export function chaptersOf({ parts }: PaperDocument): Chapter[] {
  const found: { title: string; parts: Inner[] }[] = [];
  for (const part of parts)
    if (part.kind === 'section') found.push({ title: `${found.length + 1}. ${part.title}`, parts: [] });
    else found.at(-1)?.parts.push(part);
  return found;
}
