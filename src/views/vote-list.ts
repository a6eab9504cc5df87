import type { RenderContext } from '../contract/render-context.ts';
import { table, text, type View, view } from '../contract/view.ts';
import { codeOf } from '../domain/codes.ts';
import type { Page } from '../domain/page.ts';
import { when } from '../language/dates.ts';
import { nextPage, placeNote } from './paging.ts';

/** The columns of a vote, a proposal or a poll, that its list shows. */
interface Listed {
  readonly number: number;
  readonly title: string;
  readonly closesAt: Date;
  readonly closedAt: Date | null;
}

/** A page of proposals or of polls: code, title, state, and when each closes or was closed. `action` lists the next. */
export async function voteList<Vote extends Listed>(
  context: RenderContext,
  thing: 'strategy' | 'poll',
  action: string,
  page: Page<Vote>,
  stateText: (vote: Vote) => string,
): Promise<View> {
  const { m, zone, locale } = context;
  const w = m[thing];
  const code = ({ number }: Vote): string => codeOf(thing, number);
  const rows = page.rows.map(row => [
    code(row),
    row.title,
    stateText(row),
    [when(row.closedAt ?? row.closesAt, zone, locale)],
  ]);
  return view(w.list, {
    blocks: [
      rows.length ? null : text(w.empty),
      table([w.code, w.title, w.state, w.closes], rows),
      await placeNote(context, page),
    ],
    controls: [nextPage(context, page, action, last => ({ before: code(last) }))],
  });
}
