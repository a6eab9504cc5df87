import type { FileRef } from '../src/bot/act.ts';
import { type Command, deed, main, optional, query, required, type Values } from '../src/bot/command.ts';
import type { WriteContext } from '../src/bot/context.ts';
import { choice, date, entity, evidence, line, list as listOf, paragraph, whole } from '../src/bot/kinds.ts';
import { Refusal, type Refusals, refuseIf } from '../src/bot/refusal.ts';
import { text, type View } from '../src/bot/view.ts';
import {
  type Activity,
  type ActivityNo,
  activitySource,
  addActivity,
  changeActivity,
  listActivities,
  mayChange,
  mayUndo,
  partnersOf,
} from '../src/domain/activities.ts';
import { codeOf } from '../src/domain/codes.ts';
import { addEvidence, type EvidenceKind, guessKind } from '../src/domain/evidence.ts';
import { goalSource } from '../src/domain/goals.ts';
import { partnerSource } from '../src/domain/partners.ts';
import { localDate } from '../src/language/dates.ts';
import type { Text } from '../src/language/text.ts';
import { ACTIVITY_KINDS, EVIDENCE_KINDS } from '../src/storage/schema/work.ts';
import { activityCard, activityControls, activityHistory, activityList } from '../src/views/activity.ts';

const PAGE = 10;
const code = (activity: Activity): string => codeOf('activity', activity.number);

const refusals: Refusals<ActivityNo> = {
  not_yours: () => new Refusal('forbidden', m => m.activity.notYours),
  over: no => new Refusal('closed', m => m.activity.isOver({ code: no.code, state: m.activity.states[no.state] })),
  too_late: () => new Refusal('closed', m => m.activity.tooLateToUndo),
};

const details = {
  kind: optional(choice(ACTIVITY_KINDS, m => m.activity.kinds)),
  date: optional(date()),
  location: optional(line({ max: 200 })),
  participants: optional(whole()),
  women: optional(whole()),
  partners: optional(listOf(entity(partnerSource))),
  goal: optional(entity(goalSource)),
  result: optional(paragraph()),
  evidence: optional(evidence()),
};
const logOptions = { title: main(line({ max: 200 })), ...details };

function checkWomen(women: number | null | undefined, participants: number | null | undefined): void {
  if (typeof women !== 'number' || typeof participants !== 'number' || women <= participants) return;
  throw new Refusal('invalid_option', m => m.activity.tooManyWomen({ women, participants }), { option: 'women' });
}

async function prove(
  ctx: WriteContext,
  activity: Activity,
  proof: FileRef | string,
  kind?: EvidenceKind,
): Promise<void> {
  const content = typeof proof === 'string' ? proof : proof.url;
  const guessed = guessKind(content, typeof proof === 'string' ? '' : proof.type);
  const found = { thing: 'activity', number: activity.number, kind: kind ?? guessed, content } as const;
  await addEvidence(ctx.tx, ctx.forumId, { ...found, addedBy: ctx.actor.member }, ctx.now);
}

/** The card that answers a change, and the post that tells the forum. */
async function told(ctx: WriteContext, activity: Activity, kind: string, head: Text, data = {}): Promise<View> {
  await ctx.record({ kind: `activity.${kind}`, thing: 'activity', number: activity.number, data });
  await ctx.stale({ kind: 'activity', subject: String(activity.number) });
  const card = await activityCard(ctx, activity, head);
  const undo = kind === 'logged' || kind === 'planned';
  return { ...card, controls: [activityControls(ctx, activity, { undo })].filter(row => row.length) };
}

async function enter(ctx: WriteContext, o: Values<typeof logOptions>, state: 'planned' | 'done'): Promise<View> {
  const today = localDate(ctx.now, ctx.zone);
  if (state === 'done' && o.date && o.date > today)
    throw new Refusal('invalid_option', m => m.activity.futureDate, { option: 'date' });
  checkWomen(o.women, o.participants);
  const own = ctx.actor.seat ? [ctx.actor.seat.partner] : [];
  const activity = await addActivity(
    ctx.tx,
    ctx.forumId,
    {
      title: o.title,
      kind: o.kind ?? 'other',
      state,
      date: o.date ?? today,
      location: o.location ?? null,
      participants: o.participants ?? null,
      women: o.women ?? null,
      goal: o.goal?.number ?? null,
      result: o.result ?? null,
      createdBy: ctx.actor.member,
      partners: o.partners?.map(partner => partner.number) ?? own,
    },
    ctx.now,
  );
  if (o.evidence) await prove(ctx, activity, o.evidence);
  await ctx.post({ kind: 'activity', subject: String(activity.number) }, { purpose: 'announce' });
  const w = ctx.m.activity;
  return state === 'done'
    ? told(ctx, activity, 'logged', w.logged({ code: code(activity) }))
    : told(ctx, activity, 'planned', w.planned({ code: code(activity) }));
}

async function changeable(ctx: WriteContext, activity: Activity): Promise<void> {
  const involved = (await partnersOf(ctx.db, ctx.forumId, [activity.number])).get(activity.number) ?? [];
  refuseIf(
    mayChange(
      ctx.actor,
      activity,
      involved.map(one => one.number),
    ),
    refusals,
  );
}

const log = deed({
  id: 'kl',
  name: 'log',
  words: m => m.activity.command.log,
  who: 'member',
  options: logOptions,
  run: (ctx, o) => enter(ctx, o, 'done'),
});

const plan = deed({
  id: 'kp',
  name: 'plan',
  words: m => m.activity.command.plan,
  who: 'member',
  options: logOptions,
  run: (ctx, o) => enter(ctx, o, 'planned'),
});

const done = deed({
  id: 'kd',
  name: 'done',
  words: m => m.activity.command.done,
  who: 'member',
  options: {
    activity: main(entity(activitySource)),
    result: optional(paragraph()),
    participants: optional(whole()),
    women: optional(whole()),
    evidence: optional(evidence()),
  },
  async run(ctx, { activity, result, participants, women, evidence: proof }) {
    await changeable(ctx, activity);
    if (activity.state === 'done') {
      const state = ctx.m.activity.states.done;
      throw new Refusal('closed', m => m.activity.isOver({ code: code(activity), state }));
    }
    checkWomen(women ?? activity.women, participants ?? activity.participants);
    const set = {
      state: 'done' as const,
      ...(result !== undefined && { result }),
      ...(participants !== undefined && { participants }),
      ...(women !== undefined && { women }),
    };
    const changed = await changeActivity(ctx.tx, activity, set);
    if (proof) await prove(ctx, changed, proof);
    return told(ctx, changed, 'done', ctx.m.activity.done({ code: code(changed) }));
  },
});

const before = optional(entity(activitySource));

const list = query({
  id: 'ki',
  name: 'list',
  words: m => m.activity.command.list,
  who: 'member',
  options: {
    from: optional(date()),
    to: optional(date()),
    partner: optional(entity(partnerSource)),
    goal: optional(entity(goalSource)),
    before,
  },
  async run(ctx, o) {
    const filter = { from: o.from, to: o.to, partner: o.partner?.number, goal: o.goal?.number, before: o.before };
    const values = {
      ...(o.from && { from: o.from }),
      ...(o.to && { to: o.to }),
      ...(o.partner && { partner: partnerSource.code(o.partner) }),
      ...(o.goal && { goal: goalSource.code(o.goal) }),
    };
    const page = await listActivities(ctx.db, ctx.forumId, filter, PAGE);
    return activityList(ctx, ctx.m.activity.list, page, { action: 'ki', values });
  },
});

const show = query({
  id: 'ks',
  name: 'show',
  words: m => m.activity.command.show,
  who: 'member',
  options: { activity: main(entity(activitySource)) },
  async run(ctx, { activity }) {
    const card = await activityCard(ctx, activity);
    const history = await activityHistory(ctx, activity);
    return {
      ...card,
      blocks: [...card.blocks, ...(history ? [text(ctx.m.core.history), history] : [])],
      controls: [activityControls(ctx, activity)].filter(row => row.length),
    };
  },
});

const edit = deed({
  id: 'ke',
  name: 'edit',
  words: m => m.activity.command.edit,
  who: 'member',
  options: { activity: main(entity(activitySource)), title: optional(line({ max: 200 })), ...details },
  async run(ctx, { activity, evidence: proof, partners, goal, ...plain }) {
    await changeable(ctx, activity);
    checkWomen(plain.women ?? activity.women, plain.participants ?? activity.participants);
    const given = Object.entries({ ...plain, goal: goal?.number }).filter(([, value]) => value !== undefined);
    if (!given.length && !partners && !proof) throw new Refusal('missing_option', m => m.activity.nothingChanged);
    const old = (await partnersOf(ctx.db, ctx.forumId, [activity.number])).get(activity.number) ?? [];
    const numbers = partners?.map(partner => partner.number);
    const changed = await changeActivity(ctx.tx, activity, Object.fromEntries(given), numbers);
    if (proof) await prove(ctx, changed, proof);
    const pairs: Record<string, unknown> = Object.fromEntries(
      given.map(([key, value]) => [key, { from: activity[key as keyof Activity], to: value }]),
    );
    if (numbers) pairs.partners = { from: old.map(one => one.number), to: numbers };
    if (proof) pairs.evidence = { to: true };
    return told(ctx, changed, 'changed', ctx.m.activity.changed({ code: code(changed) }), { changed: pairs });
  },
});

const cancel = deed({
  id: 'kc',
  name: 'cancel',
  words: m => m.activity.command.cancel,
  who: 'member',
  options: { activity: main(entity(activitySource)), reason: required(paragraph({ max: 500 })) },
  async run(ctx, { activity, reason }) {
    await changeable(ctx, activity);
    const changed = await changeActivity(ctx.tx, activity, { state: 'cancelled', cancelReason: reason });
    return told(ctx, changed, 'cancelled', ctx.m.activity.cancelled({ code: code(changed) }), { reason });
  },
});

const undo = deed({
  id: 'ku',
  name: 'undo',
  words: m => m.activity.command.undo,
  who: 'member',
  options: { activity: main(entity(activitySource)) },
  async run(ctx, { activity }) {
    refuseIf(mayUndo(ctx.actor, activity, ctx.now), refusals);
    const changed = await changeActivity(ctx.tx, activity, { state: 'undone' });
    const card = await told(ctx, changed, 'undone', ctx.m.activity.undone({ code: code(changed) }));
    return { ...card, blocks: [text(ctx.m.activity.undoneHint)] };
  },
});

const proof = deed({
  id: 'kv',
  name: 'evidence',
  words: m => m.activity.command.evidence,
  who: 'member',
  options: {
    activity: main(entity(activitySource)),
    evidence: required(evidence()),
    kind: optional(choice(EVIDENCE_KINDS, m => m.activity.evidenceKinds)),
  },
  async run(ctx, { activity, evidence: given, kind }) {
    await changeable(ctx, activity);
    await prove(ctx, activity, given, kind);
    return told(ctx, activity, 'evidence', ctx.m.activity.evidenceAdded({ code: code(activity) }));
  },
});

const search = query({
  id: 'kf',
  name: 'search',
  words: m => m.activity.command.search,
  who: 'member',
  options: { text: main(line({ max: 100 })), before },
  async run(ctx, o) {
    const page = await listActivities(ctx.db, ctx.forumId, { text: o.text, before: o.before }, PAGE);
    // What no longer fits a button's id is typed again, not cut.
    const more = page.more && encodeURIComponent(o.text).length < 70;
    const title = ctx.m.activity.found({ text: o.text });
    return activityList(ctx, title, { rows: page.rows, more }, { action: 'kf', values: { text: o.text } });
  },
});

export const activity: Command = {
  name: 'activity',
  words: m => m.activity.command,
  actions: [log, plan, done, list, show, edit, cancel, search, proof, undo],
};
