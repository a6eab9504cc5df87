import { type Command, main, mutation, optional, paging, query, required } from '../src/bot/command.ts';
import { date, line, paragraph, whole } from '../src/bot/kinds.ts';
import { entity } from '../src/bot/references.ts';
import { Refusal } from '../src/contract/refusal.ts';
import { codeOf } from '../src/domain/codes.ts';
import { doubleOfGoal } from '../src/domain/double-names.ts';
import { addGoal, changeGoal, closeGoal, goalSource, listGoals, writeNarrative } from '../src/domain/goals.ts';
import { pageAfter } from '../src/domain/page.ts';
import { catalogue } from '../src/language/messages.ts';
import { goalReminder } from '../src/schedule/deadlines.ts';
import { withFirstSteps } from '../src/views/first-steps.ts';
import { goalCard, goalHistory, goalList } from '../src/views/goal.ts';
import { withHistory } from '../src/views/history.ts';
import { PAGE } from '../src/views/paging.ts';
import { dueMoved, whatChanged } from './changed.ts';
import { anotherOne, filledFrom, refuseUsed, twoOf, withSameName } from './double.ts';
import { given } from './given.ts';

/** A sector by the five digits of the list of OECD's DAC, as development aid is classed by. */
const sectorCode = () => line({ max: 5, min: 5 });

const add = mutation({
  id: 'ga',
  name: 'add',
  words: m => m.goal.command.add,
  who: 'coordinator',
  options: {
    title: main(line({ max: 200 })),
    description: optional(paragraph()),
    due: optional(date()),
    sector: optional(sectorCode()),
  },
  async run(ctx, { title, description = null, due = null, sector = null }) {
    const values = { title, description, due, sector, createdBy: ctx.actor.member };
    const goal = await addGoal(ctx.tx, ctx.forumId, values, ctx.now);
    await ctx.plan(...goalReminder(goal, ctx.forum.zone, ctx.now));
    await ctx.record({ kind: 'goal.added', thing: 'goal', number: goal.number, data: { title } });
    const card = await goalCard(ctx, goal, ctx.m.goal.added({ code: codeOf('goal', goal.number) }));
    const twin = await doubleOfGoal(ctx.db, goal);
    const asked = withSameName(ctx.m, card, goalSource, { own: goal, twin, same: 'gk', other: 'gx' });
    return withFirstSteps(ctx, asked);
  },
});

const list = query({
  id: 'gl',
  name: 'list',
  words: m => m.goal.command.list,
  who: 'member',
  options: { after: paging(whole({ min: 1 })) },
  run: async (ctx, { after = 0 }) => goalList(ctx, pageAfter(await listGoals(ctx.db, ctx.forumId), after, PAGE)),
});

const show = query({
  id: 'gs',
  name: 'show',
  words: m => m.goal.command.show,
  who: 'member',
  options: { goal: main(entity(goalSource)) },
  run: async (ctx, { goal }) => withHistory(ctx, await goalCard(ctx, goal), await goalHistory(ctx, goal)),
});

const close = mutation({
  id: 'gc',
  name: 'close',
  words: m => m.goal.command.close,
  who: 'coordinator',
  options: { goal: main(entity(goalSource)), outcome: required(paragraph()) },
  async run(ctx, { goal, outcome }) {
    const code = codeOf('goal', goal.number);
    const closed = await closeGoal(ctx.tx, goal, outcome, ctx.now);
    if (!closed) throw new Refusal('closed', m => m.goal.alreadyClosed({ code }));
    await ctx.record({ kind: 'goal.closed', thing: 'goal', number: goal.number, data: { outcome } });
    return goalCard(ctx, closed, ctx.m.goal.closed({ code }));
  },
});

const edit = mutation({
  id: 'ge',
  name: 'edit',
  words: m => m.goal.command.edit,
  who: 'coordinator',
  options: {
    goal: main(entity(goalSource)),
    title: optional(line({ max: 200 })),
    description: optional(paragraph()),
    due: optional(date()),
    sector: optional(sectorCode()),
  },
  stands: (_, { goal: { title, description, due } }) => ({ title, description, due }),
  async run(ctx, { goal, title, description, due, sector }) {
    const code = codeOf('goal', goal.number);
    const { set, changed } = whatChanged(goal, given({ title, description, due, sector }));
    const edited = await changeGoal(ctx.tx, goal, set);
    if (!edited) throw new Refusal('closed', m => m.goal.alreadyClosed({ code }));
    await dueMoved(ctx, goal, edited, goalReminder);
    await ctx.record({ kind: 'goal.changed', thing: 'goal', number: goal.number, data: { changed } });
    return withHistory(ctx, await goalCard(ctx, edited, ctx.m.goal.changed({ code })), await goalHistory(ctx, edited));
  },
});

const narrative = mutation({
  id: 'gn',
  name: 'narrative',
  words: m => m.goal.command.narrative,
  who: 'coordinator',
  options: { goal: main(entity(goalSource)), text: required(paragraph()) },
  async run(ctx, { goal, text }) {
    const { changed } = whatChanged(goal, { narrative: text });
    const written = await writeNarrative(ctx.tx, goal, text);
    await ctx.record({ kind: 'goal.narrative', thing: 'goal', number: goal.number, data: { changed } });
    return goalCard(ctx, written, ctx.m.goal.narrated({ code: codeOf('goal', goal.number) }));
  },
});

/** Closes the new goal, since it is the same; the earlier one takes over what only the new one told. */
const same = mutation({
  id: 'gk',
  name: 'same',
  words: m => m.goal.command.same,
  who: 'coordinator',
  hidden: true,
  options: twoOf(goalSource),
  async run(ctx, { thing: gone, of: kept }) {
    await refuseUsed(ctx, 'goal', gone, kept);
    const said = { code: codeOf('goal', gone.number), of: codeOf('goal', kept.number) };
    const outcome = catalogue[ctx.forum.locale].doubles.sameAs({ code: said.of });
    if (kept.closedAt) throw new Refusal('closed', m => m.goal.alreadyClosed({ code: said.of }), { option: 'of' });
    if (!(await closeGoal(ctx.tx, gone, outcome, ctx.now)))
      throw new Refusal('closed', m => m.goal.alreadyClosed({ code: said.code }));
    await ctx.record({ kind: 'goal.closed', thing: 'goal', number: gone.number, data: { outcome } });
    const filled = filledFrom(kept, gone, ['description', 'due', 'sector']);
    if (!Object.keys(filled).length) return goalCard(ctx, kept, ctx.m.doubles.put(said));
    const { set, changed } = whatChanged(kept, filled);
    const edited = (await changeGoal(ctx.tx, kept, set))!;
    await dueMoved(ctx, kept, edited, goalReminder);
    await ctx.record({ kind: 'goal.changed', thing: 'goal', number: kept.number, data: { changed } });
    return goalCard(ctx, edited, ctx.m.doubles.put(said));
  },
});

const other = anotherOne('gx', m => m.goal.command.other, goalSource);

export const goal: Command = {
  name: 'goal',
  words: m => m.goal.command,
  actions: [add, list, show, close, edit, narrative, same, other],
};
