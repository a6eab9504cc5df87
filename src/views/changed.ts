import type { RenderContext } from '../contract/render-context.ts';
import { formatDate } from '../language/dates.ts';
import { join, type Text } from '../language/text.ts';

interface Pair {
  readonly from?: unknown;
  readonly to?: unknown;
}

const DATE = /^\d{4}-\d\d-\d\d$/;
/** Maximum length of a text that a line of a history repeats, characters; of a longer one only the field is named. */
const REPEATED = 200;

/** Returns what an edit changed, in the names of its options; short values with what stood before. */
export function changedText(
  context: Pick<RenderContext, 'm' | 'locale'>,
  options: Readonly<Record<string, { readonly name: string }>>,
  changed: unknown,
): Text {
  const shown = (value: unknown): string => {
    if (value === null || value === undefined) return context.m.core.none;
    return DATE.test(String(value)) ? formatDate(String(value), context.locale) : String(value);
  };
  const pairs = (changed ?? {}) as Readonly<Record<string, Pair>>;
  // PostgreSQL keeps JSON in an order of its own, so the options give the order.
  const parts = Object.entries(options).flatMap(([field, { name }]): Text[] => {
    const pair = pairs[field];
    if (!pair) return [];
    const { from, to } = pair;
    const isLong = [from, to].some(value => typeof value === 'string' && value.length > REPEATED);
    return [isLong ? name : context.m.core.fieldChanged({ field: name, from: shown(from), to: shown(to) })];
  });
  return join(parts, '; ');
}
