import { and, asc, eq } from 'drizzle-orm';
import type { PostType } from '../contract/post-type.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { list, text, view } from '../contract/view.ts';
import type { Event } from '../domain/audit.ts';
import { codeOf } from '../domain/codes.ts';
import { grouped } from '../domain/grouped.ts';
import type { Restated, Told } from '../domain/indicators/restated.ts';
import type { Indicator } from '../domain/indicators/row.ts';
import { RESTATED } from '../domain/indicators/store.ts';
import type { Text } from '../language/text.ts';
import { withUnit } from './indicator-words.ts';

/** Maximum number of figures that are listed; the rest is counted, and stands in the story of each indicator. */
const LISTED = 25;

/** The figures that an event of an indicator tells of. */
export const restatedIn = ({ data }: Pick<Event, 'data'>): readonly Restated[] => data.periods as readonly Restated[];

/** One figure before and after, in words: `2026-12: 600 people of 599.18 people, ★ → …`. */
export function restatedLine(
  context: Pick<RenderContext, 'm' | 'locale'>,
  indicator: Pick<Indicator, 'unit'>,
  { period, before, after }: Restated,
): Text {
  const w = context.m.indicator;
  const said = ({ value, target, colour }: Told): Text => {
    if (value === null) return [w.restated.nothing];
    const against = target === null ? null : withUnit(context, indicator, target);
    const status = colour ? w.colours[colour] : w.noColour;
    return w.restated.told({ value: withUnit(context, indicator, value), target: against, status });
  };
  return w.restated.line({ period, before: said(before), after: said(after) });
}

/** Tells the coordinators once which finished figures are told otherwise since the rules were corrected. */
export const figuresRestated: PostType = {
  keptCurrent: false,
  async view(context) {
    const { db, forumId, m } = context;
    const { events: e, indicators: i } = db.tables;
    const rows = await db
      .select({ event: e, indicator: i })
      .from(e)
      .innerJoin(i, and(eq(i.forumId, e.forumId), eq(i.number, e.number)))
      .where(and(eq(e.forumId, forumId), eq(e.thing, 'indicator'), eq(e.kind, RESTATED)))
      .orderBy(asc(e.number));
    const w = m.indicator.restated;
    const all = [...grouped(rows, row => row.indicator.number).values()].flatMap(([row]) =>
      restatedIn(row!.event).map(one => ({ indicator: row!.indicator, one })),
    );
    if (!all.length) return { suppressed: 'gone' };
    const lines = all
      .slice(0, LISTED)
      .map(({ indicator, one }) =>
        w.of({ code: codeOf('indicator', indicator.number), line: restatedLine(context, indicator, one) }),
      );
    const more = all.length - LISTED;
    return view(w.title({ n: all.length }), {
      blocks: [text(w.why), list(more > 0 ? [...lines, w.more({ n: more })] : lines)],
    });
  },
};
