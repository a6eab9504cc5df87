import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, type Control, note } from '../contract/view.ts';
import type { Page } from '../domain/page.ts';
import { formatNumber } from '../language/numbers.ts';

/** Number of rows of a list on one page, as a telephone shows them. */
export const PAGE = 20;

/** Returns which part of a list is shown, "1–20 of 60"; nothing where that is all of it. */
export async function placeNote({ m, locale }: RenderContext, page: Page<unknown>): Promise<Block | null> {
  if (!page.rows.length) return null;
  const { passed, of } = await page.place();
  if (passed === 0 && !page.more) return null;
  const n = (value: number): string => formatNumber(value, locale);
  return note(m.core.pageOf({ from: n(passed + 1), to: n(passed + page.rows.length), of: n(of) }));
}

/** The button below a card that had to cut a long text, to the whole of it. */
export const readOn = ({ m }: RenderContext, code: string): Control => button(m, 'readOn', 'rd', { code });

/** The button to the next page, which begins behind the last row of this one. */
export const nextPage = <Row>(
  { m }: RenderContext,
  { rows, more }: Page<Row>,
  action: string,
  cursor: (last: Row) => Readonly<Record<string, string>>,
): Control[] => {
  const last = rows.at(-1);
  return more && last ? [button(m, 'more', action, cursor(last))] : [];
};
