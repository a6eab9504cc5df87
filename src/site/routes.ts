import { isLocale, type Locale } from '../language/locale.ts';
import type { HxlForm, TableForm } from '../reports/public/tables.ts';
import { isPlaced } from '../reports/sheets.ts';

/** The parts of a forum's page, by the name they have in addresses: the same in every language. */
export const PARTS = ['indicators', 'activities', 'decisions', 'money', 'issues', 'partners'] as const;
export type Part = (typeof PARTS)[number];

/** Describes what an address asks for. */
export type Wanted =
  | { readonly kind: 'index' }
  | { readonly kind: 'icon' }
  /** A person's own calendar, by its secret. */
  | { readonly kind: 'calendar'; readonly token: string }
  | {
      readonly kind: 'forum';
      readonly id: string;
      /** The path of its overview. */
      readonly base: string;
      /** The secret of a preview, where it is one. */
      readonly preview: string | null;
      readonly thing: Thing;
    };

/** Part of a forum: its overview, a part, one of its things by code, or a file. */
export type Thing =
  | { readonly kind: 'overview' }
  | { readonly kind: 'part'; readonly part: Part }
  | { readonly kind: 'one'; readonly part: Part; readonly number: number }
  | { readonly kind: 'chart'; readonly name: string }
  | { readonly kind: 'feed' }
  | { readonly kind: 'calendar' }
  /** The forum's early warnings, and one of them, in the Common Alerting Protocol. */
  | { readonly kind: 'warnings' }
  | { readonly kind: 'warning'; readonly number: number }
  /** All results, and one indicator's metadata, in the forms that others ask for. */
  | { readonly kind: 'iati' }
  /** Table of who does what where, with the hashtags of the Humanitarian Exchange Language. */
  | { readonly kind: 'hxl'; readonly as: HxlForm }
  /** Addresses that have moved, below the same forum. */
  | { readonly kind: 'moved'; readonly to: string }
  /**
   * Descriptions of the tables for machines: as a Data Package, as a catalogue; votes, and values as portals take them.
   */
  | { readonly kind: 'package' | 'catalogue' | 'votes' | 'satuData' }
  | { readonly kind: 'metadata'; readonly number: number }
  /** A file of the record, by the hash of its content. */
  | { readonly kind: 'kept'; readonly hash: string }
  | { readonly kind: 'file'; readonly name: string; readonly as: TableForm };

/** The letters of codes that have a page of their own. */
const LETTERS: Readonly<Partial<Record<string, Part>>> = { K: 'activities', N: 'indicators', S: 'decisions' };

const FORUM = /^\/f\/([\w-]{1,64})(?:\/preview\/([\w-]{1,64}))?((?:\/.*)?)$/;

/** Describes what a query may add to what is asked; everything else in it means nothing. */
export interface Asked {
  readonly locale: Locale | null;
  /** On a part's page: the page after this number. */
  readonly before: number | null;
  /** On parts with places: only things of this area, or within it. */
  readonly area: string | null;
  /** For a chart: in dark colours. */
  readonly dark: boolean;
}

/** Files that others load are in the language of the forum, no matter who asks, as are the tables that they name. */
const IN_FORUMS_WORDS: ReadonlySet<Thing['kind']> = new Set([
  'iati',
  'calendar',
  'package',
  'catalogue',
  'votes',
  'satuData',
]);

/** Parts of the page, and its tables, whose rows have a place. */
const PLACED_PARTS: readonly Part[] = ['indicators', 'activities', 'issues', 'partners'];

const hasPlace = (thing: Thing): boolean =>
  (thing.kind === 'part' && PLACED_PARTS.includes(thing.part)) ||
  (thing.kind === 'file' && isPlaced(thing.name)) ||
  thing.kind === 'hxl';

const AREA_CODE = /^\d\d(?:\.\d\d(?:\.\d\d(?:\.\d{4})?)?)?$/;

/** Reads a query, as far as it means something for the thing that is asked. */
export function asked(thing: Thing, query: URLSearchParams): Asked {
  const lang = query.get('lang');
  const cursor = thing.kind === 'part' ? /^[1-9]\d{0,8}$/.exec(query.get('before') ?? '')?.[0] : undefined;
  return {
    locale: isLocale(lang) && !IN_FORUMS_WORDS.has(thing.kind) ? lang : null,
    before: cursor === undefined ? null : Number(cursor),
    area: hasPlace(thing) ? (AREA_CODE.exec(query.get('area') ?? '')?.[0] ?? null) : null,
    dark: thing.kind === 'chart' && query.get('theme') === 'dark',
  };
}

/** Reads a path; null: there is nothing of that kind. */
export function read(path: string): Wanted | null {
  if (path === '/') return { kind: 'index' };
  if (path === '/icon.svg') return { kind: 'icon' };
  const [, token] = /^\/calendar\/([\w-]{16,64})\.ics$/.exec(path) ?? [];
  if (token) return { kind: 'calendar', token };
  const [, id, preview = null, rest] = FORUM.exec(path) ?? [];
  const thing = id === undefined ? null : thingIn(rest ?? '');
  return id !== undefined && thing ? { kind: 'forum', id, base: baseOf({ id, preview }), preview, thing } : null;
}

function thingIn(rest: string): Thing | null {
  if (rest === '' || rest === '/') return { kind: 'overview' };
  if (rest === '/feed.atom') return { kind: 'feed' };
  if (rest === '/calendar.ics') return { kind: 'calendar' };
  if (rest === '/cap.atom') return { kind: 'warnings' };
  const [, warning] = /^\/cap\/([1-9]\d{0,8})\.xml$/.exec(rest) ?? [];
  if (warning) return { kind: 'warning', number: Number(warning) };
  if (rest === '/iati.xml') return { kind: 'iati' };
  if (rest === '/datapackage.json') return { kind: 'package' };
  if (rest === '/dcat.jsonld') return { kind: 'catalogue' };
  if (rest === '/popolo.json') return { kind: 'votes' };
  if (rest === '/satu-data.csv') return { kind: 'satuData' };
  if (rest === '/hxl.csv' || rest === '/hxl.xlsx')
    return { kind: 'hxl', as: rest === '/hxl.csv' ? 'hxl.csv' : 'hxl.xlsx' };
  if (rest === '/iati.json') return { kind: 'moved', to: '/iati.xml' };
  const [, indicator] = /^\/indicators\/N-([1-9]\d{0,8})\.json$/.exec(rest) ?? [];
  if (indicator) return { kind: 'metadata', number: Number(indicator) };
  const part = PARTS.find(one => rest === `/${one}`);
  if (part) return { kind: 'part', part };
  const [, chart] = /^\/charts\/(N-[1-9]\d{0,8}|money)\.svg$/.exec(rest) ?? [];
  if (chart) return { kind: 'chart', name: chart };
  const [, hash] = /^\/files\/([0-9a-f]{64})$/.exec(rest) ?? [];
  if (hash) return { kind: 'kept', hash };
  const [, name, as] = /^\/(\w{1,30})\.(csv|json|hxl\.csv|hxl\.xlsx)$/.exec(rest) ?? [];
  if (name && as) return { kind: 'file', name, as: as as TableForm };
  const [, inPart, letter, number] = /^\/(\w+)\/([A-Z])-([1-9]\d{0,8})$/.exec(rest) ?? [];
  const its = LETTERS[letter ?? ''];
  return its && its === inPart ? { kind: 'one', part: its, number: Number(number) } : null;
}

/** The path of a forum's overview. */
const baseOf = ({ id, preview }: { id: string; preview: string | null }): string =>
  `/f/${id}${preview === null ? '' : `/preview/${preview}`}`;

/** Addresses within one forum's page, in one language: they keep the preview and the language. */
export interface Links {
  /** Address of the overview, or of what stands below it (`/money`), with more of a query if it takes some. */
  to(path?: string, query?: Readonly<Record<string, string | number | null>>): string;
  /** The same page in another language. */
  in(locale: string): string;
  /** Address like that of `to`, for use elsewhere: with the installation's address, if that is known. */
  whole(path?: string): string;
  /** The whole address of the overview without any query; null: it is not known. */
  readonly base: string | null;
}

export function linksOf(
  { id, preview }: { id: string; preview: string | null },
  here: { path: string; query: Readonly<Record<string, string>>; locale: string; publicUrl: string | undefined },
): Links {
  const base = baseOf({ id, preview });
  const at = (path: string, query: Readonly<Record<string, string | number | null>>): string => {
    const given = Object.entries(query).flatMap<[string, string]>(([key, value]) =>
      value === null ? [] : [[key, String(value)]],
    );
    return `${path}?${new URLSearchParams(given)}`;
  };
  const to: Links['to'] = (path = '', query = {}) => at(`${base}${path}`, { ...query, lang: here.locale });
  return {
    to,
    in: locale => at(here.path, { ...here.query, lang: locale }),
    base: here.publicUrl ? new URL(base, here.publicUrl).href : null,
    whole: path => (here.publicUrl ? new URL(to(path), here.publicUrl).href : to(path)),
  };
}
