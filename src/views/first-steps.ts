import { and, eq, exists, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Control, note, type View } from '../contract/view.ts';

/** Steps a forum takes before people can work with it, in the order in which it is set up. */
const STEPS = ['partner', 'seat', 'goal', 'indicator'] as const;
type Step = (typeof STEPS)[number];

/** Returns what is missing still, in one statement. */
async function missingSteps({ db, forumId }: RenderContext): Promise<Step[]> {
  const { forums, partners: p, seats: s, goals: g, indicators: i } = db.tables;
  const one = { one: sql`1` };
  const [row] = await db
    .select({
      partner: exists(
        db
          .select(one)
          .from(p)
          .where(and(eq(p.forumId, forumId), isNull(p.archivedAt))),
      ) as SQL<boolean>,
      seat: exists(
        db
          .select(one)
          .from(s)
          .where(and(eq(s.forumId, forumId), ne(s.role, 'member'))),
      ) as SQL<boolean>,
      goal: exists(db.select(one).from(g).where(eq(g.forumId, forumId))) as SQL<boolean>,
      indicator: exists(db.select(one).from(i).where(eq(i.forumId, forumId))) as SQL<boolean>,
    })
    .from(forums)
    .where(eq(forums.id, forumId));
  return row ? STEPS.filter(step => !row[step]) : [];
}

/** The answer to a step of setting up, with a button for each that is missing; once the forum is ready it says no more. */
export async function withFirstSteps(context: RenderContext, shown: View): Promise<View> {
  const missing = await missingSteps(context);
  if (!missing.length) return shown;
  const { m } = context;
  const buttons: Readonly<Record<Step, Control>> = {
    partner: button(m, 'addPartner', 'pa', {}, 'primary'),
    seat: button(m, 'assignSeat', 'pg', { role: 'representative' }),
    goal: button(m, 'addGoal', 'ga'),
    indicator: button(m, 'addMeasure', 'na'),
  };
  // Nobody can be seated before there is a partner.
  const next = missing.filter(step => step !== 'seat' || !missing.includes('partner'));
  return {
    ...shown,
    blocks: [
      ...shown.blocks,
      note(m.forum.firstSteps({ missing: missing.map(step => m.forum.steps[step]).join(', ') })),
    ],
    controls: [...shown.controls, next.map(step => buttons[step])],
  };
}
