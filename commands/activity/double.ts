import type { WriteContext } from '../../src/bot/act-context.ts';
import { main, mutation, query, required } from '../../src/bot/command.ts';
import { entity } from '../../src/bot/references.ts';
import { Refusal, refuseIf } from '../../src/contract/refusal.ts';
import { type View, view } from '../../src/contract/view.ts';
import { type Activity, activitySource, mayChange, partnersOf } from '../../src/domain/activities.ts';
import { doubleOf, joinActivities } from '../../src/domain/doubles.ts';
import { dimensionsOf } from '../../src/domain/groups/dimensions.ts';
import { askIfSame } from '../double.ts';
import { code, recordChange, refusals } from './common.ts';

/** Asks whether an activity that was entered just now is one of the same day that stands already. */
export async function withDouble(
  ctx: WriteContext,
  activity: Activity,
  partners: readonly number[],
  card: View,
): Promise<View> {
  const twin = await doubleOf(ctx.db, activity, partners);
  if (!twin) return card;
  return askIfSame(ctx.m, card, {
    said: ctx.m.activity.maybeSame({ code: code(twin), title: twin.title }),
    same: { action: 'kj', values: { activity: code(activity), of: code(twin) } },
    other: { action: 'kx', values: { activity: code(activity) } },
  });
}

/** Joins the two: the earlier one stays, with the partners of both, and the person who entered it is told. */
export const same = mutation({
  id: 'kj',
  name: 'same',
  words: m => m.activity.command.same,
  who: 'member',
  hidden: true,
  options: { activity: main(entity(activitySource)), of: required(entity(activitySource)) },
  async run(ctx, { activity: gone, of: kept }) {
    const involved = await partnersOf(ctx.db, ctx.forumId, [gone.number, kept.number]);
    const numbersOf = ({ number }: Activity): number[] => (involved.get(number) ?? []).map(one => one.number);
    refuseIf(mayChange(ctx.actor, gone, numbersOf(gone)), refusals);
    if (kept.number === gone.number || kept.date !== gone.date)
      throw new Refusal('conflict', m => m.activity.notSameDay({ code: code(gone), other: code(kept) }));
    if (kept.state === 'cancelled' || kept.state === 'undone')
      throw refusals.over({ why: 'over', code: code(kept), state: kept.state });
    const [from, to] = [numbersOf(kept), [...new Set([...numbersOf(kept), ...numbersOf(gone)])]];
    const joined = await joinActivities(ctx.tx, kept, gone, to, dimensionsOf(ctx.forum.settings), ctx.now);
    await recordChange(ctx, { ...gone, state: 'undone' }, 'undone', ctx.m.activity.undone({ code: code(gone) }));
    const filled = Object.entries(joined.set).map(([field, value]) => [
      field,
      { from: kept[field as keyof Activity], to: value },
    ]);
    const changed = { partners: { from, to }, ...Object.fromEntries(filled) };
    if (kept.createdBy !== ctx.actor.member)
      await ctx.post({ kind: 'activity_joined', subject: `${kept.number}:${gone.number}` }, { member: kept.createdBy });
    const head = ctx.m.activity.joined({ code: code(kept), other: code(gone) });
    return recordChange(ctx, joined.kept, 'changed', head, { changed });
  },
});

/** Keeps both, since they are two. */
export const other = query({
  id: 'kx',
  name: 'other',
  words: m => m.activity.command.other,
  who: 'member',
  hidden: true,
  options: { activity: main(entity(activitySource)) },
  run: async (ctx, { activity }) => view(ctx.m.activity.bothStay({ code: code(activity) }), { tone: 'good' }),
});
