import type { WriteContext } from '../../src/bot/act-context.ts';
import { main, mutation, optional, query, requiredUnlessAny } from '../../src/bot/command.ts';
import { line, whole } from '../../src/bot/kinds.ts';
import { minutesFile, minutesText, type Written, type WrittenLine } from '../../src/bot/minutes-kinds.ts';
import { entity, list as listOf } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import type { View } from '../../src/contract/view.ts';
import { type Activity, activitySource, mayChange, partnersOf } from '../../src/domain/activities.ts';
import {
  addLines,
  addPoint,
  areKept,
  correctLine,
  MAXIMUM_POINTS,
  openMinutes,
  orderPoints,
  type Said,
} from '../../src/domain/minutes.ts';
import { minutesEnd } from '../../src/schedule/minutes.ts';
import { agendaCard, minutesCard } from '../../src/views/minutes.ts';
import { boundBy } from '../action/add.ts';
import { takeOn } from '../action/common.ts';
import { asPlain } from '../copyable.ts';
import { code, open } from './common.ts';

const activityOption = main(entity(activitySource));

async function recordAgenda(ctx: WriteContext, activity: Activity, data: object): Promise<void> {
  await ctx.record({ kind: 'activity.agenda', thing: 'activity', number: activity.number, data: { ...data } });
  await ctx.stale({ kind: 'activity', subject: String(activity.number) });
}

/** Proposes a point. What is over keeps the agenda that it had. */
async function propose(ctx: WriteContext, activity: Activity, point: string): Promise<View> {
  if (activity.state !== 'planned') throw new Refusal('closed', m => m.minutes.agendaOver);
  const proposed = await addPoint(ctx.tx, activity, point);
  if (!proposed) throw new Refusal('limit', m => m.minutes.agendaFull({ max: MAXIMUM_POINTS }), { option: 'point' });
  await recordAgenda(ctx, proposed, { point });
  return agendaCard(ctx, proposed, ctx.m.minutes.pointAdded({ code: code(activity) }));
}

export const agenda = mutation({
  id: 'kg',
  name: 'agenda',
  words: m => m.minutes.command.agenda,
  who: 'member',
  options: {
    activity: activityOption,
    point: requiredUnlessAny(line({ max: 200 }), 'order', 'without'),
    order: optional(listOf(whole({ min: 1, max: 10_000 }), { max: MAXIMUM_POINTS })),
    without: optional(listOf(whole({ min: 1, max: 10_000 }), { max: MAXIMUM_POINTS })),
  },
  async run(ctx, { activity, point, order = [], without = [] }) {
    if (point !== undefined && !order.length && !without.length) return propose(ctx, activity, point);
    if (activity.state !== 'planned') throw new Refusal('closed', m => m.minutes.agendaOver);
    const involved = (await partnersOf(ctx.db, ctx.forumId, [activity.number])).get(activity.number) ?? [];
    const no = mayChange(
      ctx.actor,
      activity,
      involved.map(one => one.number),
    );
    if (no) throw new Refusal('forbidden', m => m.minutes.whoOrders);
    const ordered = await orderPoints(ctx.tx, activity, order, without);
    if (!ordered)
      throw new Refusal('not_found', m => m.minutes.noPoint, { option: order.length ? 'order' : 'without' });
    await recordAgenda(ctx, ordered, { order, without });
    return point === undefined
      ? agendaCard(ctx, ordered, ctx.m.minutes.ordered({ code: code(activity) }))
      : propose(ctx, ordered, point);
  },
});

const isSaid = (one: WrittenLine): one is Extract<WrittenLine, Said> => one.kind !== 'action';

/** Lets through who may write the minutes, as long as they can be written. */
async function assertWritable(ctx: WriteContext, activity: Activity): Promise<void> {
  await open(ctx, activity);
  if (areKept(activity, ctx.now)) throw new Refusal('closed', m => m.minutes.keptAlready({ code: code(activity) }));
}

async function recorded(ctx: WriteContext, activity: Activity, data: object): Promise<void> {
  await ctx.record({ kind: 'activity.minutes', thing: 'activity', number: activity.number, data: { ...data } });
}

/** Returns the lines that were typed, then those of a file. */
const linesOf = (text: Written | undefined, file: Written | undefined): WrittenLine[] => [
  ...(text?.lines ?? []),
  ...(file?.lines ?? []),
];

/** Adds to the minutes; what is to be done becomes actions. */
async function write(ctx: WriteContext, activity: Activity, lines: readonly WrittenLine[]): Promise<View> {
  await assertWritable(ctx, activity);
  const opened = await openMinutes(ctx.tx, activity, ctx.forum.zone, ctx.now);
  await ctx.plan(...minutesEnd(opened));
  await addLines(ctx.tx, opened, lines.filter(isSaid), ctx.actor.member, ctx.now);
  for (const one of lines)
    if (!isSaid(one)) {
      const bound = one.who ? await boundBy(ctx, one.who) : { partner: null, owner: null };
      const from = { origin: 'activity' as const, originNumber: activity.number };
      await takeOn(ctx, { title: one.title, due: one.due, isPrivate: false, amount: null, from, ...bound });
    }
  await recorded(ctx, opened, { lines: lines.length });
  return minutesCard(ctx, opened, ctx.m.minutes.written({ code: code(activity) }));
}

async function correct(
  ctx: WriteContext,
  activity: Activity,
  line: number,
  written: Written | undefined,
): Promise<View> {
  await assertWritable(ctx, activity);
  const [said, ...others] = written?.lines ?? [];
  if (said && (others.length || !isSaid(said)))
    throw new Refusal('invalid_option', m => m.minutes.oneLine, { option: 'text' });
  const replacing = said && isSaid(said) ? said : null;
  if (!(await correctLine(ctx.tx, activity, line, replacing, ctx.actor.member, ctx.now)))
    throw new Refusal('not_found', m => m.minutes.noLine({ line }), { option: 'line' });
  await recorded(ctx, activity, { line });
  return minutesCard(ctx, activity, ctx.m.minutes.corrected({ code: code(activity), line }));
}

export const minutes = mutation({
  id: 'km',
  name: 'minutes',
  words: m => m.minutes.command.minutes,
  who: 'member',
  options: {
    activity: activityOption,
    text: optional(minutesText()),
    file: optional(minutesFile()),
    line: optional(whole({ min: 1, max: 100_000 })),
  },
  async run(ctx, { activity, text, file, line }) {
    if (line !== undefined) return correct(ctx, activity, line, text ?? file);
    const lines = linesOf(text, file);
    return lines.length ? write(ctx, activity, lines) : minutesCard(ctx, activity);
  },
});

/** Returns minutes as plain words, for those who are told elsewhere. */
export const minutesAsText = query({
  id: 'ky',
  name: 'minutes-text',
  hidden: true,
  words: m => m.minutes.command.asText,
  who: 'member',
  options: { activity: activityOption },
  run: async (ctx, { activity }) => asPlain(ctx, await minutesCard(ctx, activity)),
});

/** The form behind the button of minutes: it opens again as long as there is more to write. */
export const writeMinutes = mutation({
  id: 'kb',
  name: 'write-minutes',
  hidden: true,
  words: m => m.minutes.command.write,
  who: 'member',
  options: {
    activity: activityOption,
    text: requiredUnlessAny(minutesText(), 'file'),
    file: optional(minutesFile()),
  },
  run: (ctx, { activity, text, file }) => write(ctx, activity, linesOf(text, file)),
});
