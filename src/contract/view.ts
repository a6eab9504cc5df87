import type { KeptFile } from '../domain/files/store.ts';
import type { Recurrence } from '../language/recurrence.ts';
import type { Text } from '../language/text.ts';
import type { Chart } from './chart.ts';

/** Describes how an answer feels: colours an accent where there are colours, and always goes with a word or sign. */
export type Tone = 'plain' | 'good' | 'warning' | 'bad';

/** An act written down: which action (by its stable id) with which option values (codes, never prose). */
export interface Invocation {
  readonly action: string;
  readonly values: Readonly<Record<string, string>>;
}

export type ButtonStyle = 'primary' | 'plain' | 'danger';

export type Control =
  | {
      readonly kind: 'button';
      /** The catalogue's key of the label: the same button in every language. */
      readonly name: string;
      readonly label: string;
      readonly does: Invocation;
      readonly style: ButtonStyle;
    }
  | {
      readonly kind: 'select';
      readonly name: string;
      readonly label: string;
      readonly does: Invocation;
      /** The option that the chosen value fills, or several at once; see `fillsAll`. */
      readonly fills: string;
      readonly choices: readonly { readonly value: string; readonly label: string }[];
      /**
       * Maximum of choices that may be ticked together, where several may: they fill the option parted by semicolons.
       */
      readonly most?: number;
      /** The values that are ticked already; only the person to whom they belong is shown such a menu. */
      readonly chosen?: readonly string[];
    };

/** A content that is kept in the database: a view may be shown to everybody who may see the file. */
export interface KeptContent {
  readonly forum: string;
  /** SHA-256. */
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
}

/** Leads to the whole of a text: shown where it had to be cut. */
interface Opens {
  readonly readOn?: Control;
}

export type Block =
  | ({ readonly kind: 'text'; readonly text: Text } & Opens)
  | ({ readonly kind: 'facts'; readonly facts: readonly { readonly label: Text; readonly value: Text }[] } & Opens)
  | {
      readonly kind: 'list';
      readonly items: readonly Text[];
      /** The buttons of each entry, which stand among the view's own too: a page with room shows them beside it. */
      readonly own?: readonly (readonly Control[])[];
    }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly Text[])[];
      /** Columns that hold numbers stand to the right. */
      readonly numeric?: readonly number[];
    }
  | { readonly kind: 'progress'; readonly label: Text; readonly done: number; readonly of: number }
  | ({ readonly kind: 'quote'; readonly text: string; readonly by?: Text } & Opens)
  | {
      readonly kind: 'picture';
      readonly chart: Chart;
      readonly alt: string;
      /** True: for the person who asked alone. A platform never keeps it where others might look. */
      readonly confidential?: true;
    }
  | {
      readonly kind: 'file';
      readonly name: string;
      /** MIME type. */
      readonly type: string;
      /** Base64, or where the content is kept. */
      readonly content: string | KeptContent;
      /** Content in words. */
      readonly alt: Text;
    }
  | { readonly kind: 'note'; readonly text: Text };

/**
 * View of an answer or post, without any platform's markup. Pure data: it survives JSON, so an answer can be kept
 * and given again, and a post's content can be compared with what stands already.
 */
export interface View {
  readonly title: Text;
  readonly tone: Tone;
  readonly blocks: readonly Block[];
  readonly controls: readonly (readonly Control[])[];
  /** Name of the thread below it for what is said later, where a platform can do so. */
  readonly thread?: string;
  /** An early warning: where the forum has chosen a role for such, that is mentioned. */
  readonly isAlert?: boolean;
  /** True if its subject is over: a place that puts such things away does so. */
  readonly isOver?: boolean;
  /** The state of what it is about, in every language: places that sort by tags have one of that name set. */
  readonly state?: { readonly is: readonly string[]; readonly of: readonly string[] };
  /** The same as an entry of a platform's own calendar, where it has one. */
  readonly event?: CalendarEvent;
  /** View shown instead where its files cannot be delivered. */
  readonly lost?: View;
}

/** Event in a calendar; instants in milliseconds, since a view survives JSON. */
export interface CalendarEvent {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly location: string;
  readonly about: string;
  readonly cancelled: boolean;
  /** True: it has begun, and a platform takes no start that has passed. */
  readonly begun: boolean;
  /**
   * Rule by which it repeats, and the local date of `start`; null or absent: it does not, or not by a rule without
   * exceptions.
   */
  readonly repeats?: { readonly rule: Recurrence; readonly date: string } | null;
}

/** One function a kind of block: a renderer that forgets one does not compile. */
export type BlockRenderers<Out> = { readonly [K in Block['kind']]: (block: Extract<Block, { kind: K }>) => Out };

/** Renders one block by its kind. */
export function renderBlock<Out>(renderers: BlockRenderers<Out>, block: Block): Out {
  const render = renderers[block.kind] as (block: Block) => Out;
  return render(block);
}

/**
 * Maximum number of choices in a menu of Discord's.
 * https://docs.discord.com/developers/components/reference#string-select
 */
const MAXIMUM_CHOICES = 25;
/** Maximum length of a choice's value, bytes: Discord takes 100 characters, Slack 150. */
const MAXIMUM_VALUE_BYTES = 100;

/**
 * Refuses what a platform would refuse as a whole message: a control twice, a menu whose choices have one value twice,
 * are too many or too long. A menu without choices is left out. @throws RangeError: a bug of the code that made the
 * view.
 */
function usable(controls: readonly (readonly Control[])[]): readonly (readonly Control[])[] {
  const rows = controls.map(row => row.filter(one => one.kind === 'button' || one.choices.length > 0));
  const ids = new Set<string>();
  for (const control of rows.flat()) {
    const fills = control.kind === 'select' ? control.fills : '';
    const id = JSON.stringify([fills, control.does.action, Object.entries(control.does.values).sort()]);
    if (ids.has(id)) throw new RangeError(`a control twice: ${control.name}`);
    ids.add(id);
    if (control.kind === 'select') checkChoices(control);
  }
  return rows.filter(row => row.length > 0);
}

function checkChoices({ name, choices, most = 1, chosen = [] }: Extract<Control, { kind: 'select' }>): void {
  const values = choices.map(choice => choice.value);
  if (choices.length > MAXIMUM_CHOICES) throw new RangeError(`a menu of ${choices.length} choices: ${name}`);
  if (new Set(values).size < values.length) throw new RangeError(`a menu with one value twice: ${name}`);
  if (values.some(value => value === '' || Buffer.byteLength(value) > MAXIMUM_VALUE_BYTES))
    throw new RangeError(`a menu with a value of no or too many bytes: ${name}`);
  if (most < 1 || most > choices.length || chosen.length > most || !chosen.every(value => values.includes(value)))
    throw new RangeError(`a menu with more ticked than it takes: ${name}`);
}

/**
 * A view; what is left out is empty.
 * @throws RangeError for controls that no platform would take.
 */
export function view(
  title: Text,
  parts: { tone?: Tone; blocks?: readonly (Block | null)[]; controls?: readonly (readonly Control[])[] } = {},
): View {
  return {
    title,
    tone: parts.tone ?? 'plain',
    blocks: (parts.blocks ?? []).filter(block => block !== null),
    controls: usable(parts.controls ?? []),
  };
}

export const text = (content: Text): Block => ({ kind: 'text', text: content });
export const note = (content: Text): Block => ({ kind: 'note', text: content });
/** A picture, with what it shows in words. */
export const picture = (chart: Chart, alt: string): Extract<Block, { kind: 'picture' }> => ({
  kind: 'picture',
  chart,
  alt,
});
export const list = (items: readonly Text[], own?: readonly (readonly Control[])[]): Block | null =>
  items.length ? { kind: 'list', items, ...(own && { own }) } : null;
/** The same block, with the way to the whole of it. */
export const opening = <B extends Block & Opens>(block: B | null, readOn: Control): B | null =>
  block && { ...block, readOn };

export const quote = (content: string, by?: Text): Block => ({ kind: 'quote', text: content, ...(by && { by }) });

/** The same without pictures: each is told in its words. */
export const inWords = (shown: View): View => ({
  ...shown,
  blocks: shown.blocks.map(block => (block.kind === 'picture' ? note(block.alt) : block)),
});

/** A file, to be saved by the person who asked for it. */
export const binaryFile = (name: string, type: string, bytes: Uint8Array, alt: Text): Block => ({
  kind: 'file',
  name,
  type,
  content: Buffer.from(bytes).toString('base64'),
  alt,
});

/** A file of the record. */
export const keptFile = (forum: string, { name, hash, type, size }: KeptFile, alt: Text): Block => ({
  kind: 'file',
  name,
  type,
  content: { forum, hash, size },
  alt,
});

/** A file made of text. */
export const textFile = (name: string, type: string, content: string, alt: Text): Block =>
  binaryFile(name, type, Buffer.from(content, 'utf8'), alt);

/** Facts, leaving out those without a value. */
export function facts(pairs: readonly (readonly [label: Text, value: Text | null | undefined])[]): Block | null {
  const known = pairs.flatMap(([label, value]) =>
    value === null || value === undefined || value === '' ? [] : [{ label, value }],
  );
  return known.length ? { kind: 'facts', facts: known } : null;
}

/** A table, or nothing where there are no rows. */
export const table = (
  head: readonly string[],
  rows: readonly (readonly Text[])[],
  numeric: readonly number[] = [],
): Block | null => (rows.length ? { kind: 'table', head, rows, numeric } : null);
