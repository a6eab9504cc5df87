import * as z from 'zod';
import type { ReadContext, WriteContext } from '../src/bot/act-context.ts';
import { type Command, main, mutation, query, required } from '../src/bot/command.ts';
import { instant, type Kind, typedOf } from '../src/bot/kinds.ts';
import { entity } from '../src/bot/references.ts';
import { Refusal, refuseIf } from '../src/contract/refusal.ts';
import { list as listBlock, text, type View, view } from '../src/contract/view.ts';
import { whoDoes } from '../src/domain/actions/people.ts';
import type { Action } from '../src/domain/actions/row.ts';
import { isOpen } from '../src/domain/actions/rules.ts';
import { actionSource } from '../src/domain/actions/store.ts';
import { codeIn, codeOf } from '../src/domain/codes.ts';
import { periodOf, previousPeriod } from '../src/domain/indicators/periods.ts';
import type { Indicator } from '../src/domain/indicators/row.ts';
import { indicatorSource } from '../src/domain/indicators/store.ts';
import {
  type DueRow,
  past,
  putOff,
  resume as resumeReminders,
  sendings,
  snooze as snoozeReminder,
  upcoming,
} from '../src/domain/reminders.ts';
import type { Thing } from '../src/domain/thing.ts';
import { localDate, when } from '../src/language/dates.ts';
import type { Messages } from '../src/language/messages.ts';
import type { Text } from '../src/language/text.ts';
import { actionSnooze } from '../src/schedule/actions.ts';
import { owedNow } from '../src/views/due.ts';
import { undeliveredPart } from '../src/views/undelivered.ts';
import { refusals } from './action/common.ts';

const SHOWN = 5;

type KnownKind = keyof Messages['reminder']['kinds'];

/** The thing whose number begins an occurrence's subject; null: it is about the forum as a whole. */
const THING: Readonly<Record<KnownKind, Thing | null>> = {
  vote_opens: 'strategy',
  vote_closes: 'strategy',
  poll_closes: 'poll',
  poll_reminder: 'poll',
  vote_early: 'strategy',
  vote_reminder: 'strategy',
  vote_review: 'strategy',
  period: 'indicator',
  indicator_terms: 'indicator',
  report_due: 'indicator',
  report_snoozed: 'indicator',
  activity_tomorrow: 'activity',
  activity_soon: 'activity',
  series: null,
  agreement_ends: 'agreement',
  action_due: 'action',
  action_snoozed: 'action',
  minutes_kept: 'activity',
  commitment: 'agreement',
  pulse_opens: null,
  pulse_closes: null,
  candidate: 'partner',
  seat_request_waits: 'partner',
  self_joined: null,
  issue_due: 'issue',
  goal_due: 'goal',
  assessment_open: 'assessment',
  assessment_again: 'assessment',
  digest: null,
  digest_monthly: null,
  holidays_asked: null,
  figures_restated: null,
  fills_compared: null,
};

/** Returns what an occurrence is about, as people name it: the code of its thing, and of a report its period. */
function aboutOf(row: DueRow): string {
  const thing = THING[row.kind as KnownKind];
  const [number, period = ''] = row.subject.split(':');
  if (!thing) return '';
  return `${codeOf(thing, Number(number))} ${thing === 'indicator' ? period : ''}`.trim();
}

const lineOf = (ctx: ReadContext, row: DueRow): Text => {
  const w = ctx.m.reminder;
  const kind = w.kinds[row.kind as KnownKind] ?? row.kind;
  const what = row.state === 'pending' ? kind : `${kind} (${w.states[row.state]})`;
  return w.line({ at: [when(row.due, ctx.zone, ctx.locale)], what, about: aboutOf(row) });
};

const list = query({
  id: 'rl',
  name: 'list',
  words: m => m.reminder.command.list,
  who: 'member',
  options: {},
  async run(ctx) {
    const w = ctx.m.reminder;
    const next = await upcoming(ctx.db, ctx.forumId, SHOWN);
    const before = await past(ctx.db, ctx.forumId, SHOWN);
    // Messages that did not arrive may be about things that few may see: their places and kinds are for coordinators.
    const lost = ctx.roles.has('coordinator') ? await undeliveredPart(ctx) : { blocks: [], controls: [] };
    const paused = (await putOff(ctx.db, ctx.forumId, ctx.actor.member, ctx.now)).some(one => one.indicator === 0);
    return view(w.title, {
      blocks: [
        paused ? text(w.isPaused) : null,
        next.length ? text(w.next) : text(w.nothing),
        listBlock(next.map(row => lineOf(ctx, row))),
        before.length ? text(w.past) : null,
        listBlock(before.map(row => lineOf(ctx, row))),
        text(w.counts(await sendings(ctx.db, ctx.forumId, null))),
        ...lost.blocks,
      ],
      controls: [lost.controls],
    });
  },
});

/** Things whose reminders can be put off: an indicator's report, or an action. */
type Reminded = { readonly indicator: Indicator } | { readonly action: Action };

/** The thing whose reminder is put off, by its code. Of the other codes in the list it is said why they cannot be. */
const reminded = (): Kind<Reminded> => {
  const reports = entity(indicatorSource);
  const actions = entity(actionSource);
  return {
    ...reports,
    allowed: () => z.custom<Reminded>(value => typeof value === 'object'),
    print: value => ('action' in value ? actions.print(value.action) : reports.print(value.indicator)),
    accepts: m => m.reminder.accepts,
    async read(raw, r) {
      const typed = typedOf(raw).trim();
      if (/^[SKPIMTJB]-?\d+$/i.test(typed)) throw new Refusal('invalid_option', m => m.reminder.notThis({ typed }));
      if (codeIn(typed, actionSource.prefix)?.letter === actionSource.prefix)
        return { action: await actions.read(raw, r) };
      return { indicator: await reports.read(raw, r) };
    },
    async suggest(typed, ctx) {
      const some = (await actions.suggest?.(typed, ctx)) ?? [];
      return [...((await reports.suggest?.(typed, ctx)) ?? []).slice(0, 15), ...some].slice(0, 25);
    },
  };
};

/** Puts the reminders of a report off, for each period that is owed. Gives these. */
async function snoozeReport(ctx: WriteContext, { number, frequency }: Indicator, until: Date): Promise<void> {
  const { member } = ctx.actor;
  const owed = (await owedNow(ctx)).filter(one => one.indicator.number === number);
  const last = previousPeriod(periodOf(localDate(ctx.now, ctx.forum.zone), frequency)).key;
  const periods = owed.length ? [...new Set(owed.map(one => one.period.key))] : [last];
  for (const period of periods) {
    await snoozeReminder(ctx.tx, ctx.forumId, member, { indicator: number, period }, until);
    const subject = `${number}:${period}:${member}`;
    await ctx.unplan('report_snoozed', subject, 'put off again');
    const key = `report_snoozed:${subject}:${until.toISOString()}`;
    await ctx.plan({ key, kind: 'report_snoozed', subject, due: until });
  }
  const data = { periods, until: until.toISOString() };
  await ctx.record({ kind: 'reminder.snoozed', thing: 'indicator', number, data });
  await ctx.staleFor('reports_due', async () => [member]);
}

/**
 * Puts the reminders of an action off for the person who does it. The coordinators still hear when it is late. @throws
 * Refusal `closed` for one that is over, `forbidden` for somebody else's.
 */
async function snoozeAction(ctx: WriteContext, action: Action, until: Date): Promise<void> {
  const { member } = ctx.actor;
  refuseIf(isOpen(action) ? null : { why: action.cancelledAt ? 'cancelled' : 'done' }, refusals(action));
  if ((await whoDoes(ctx.db, action)) !== member)
    throw new Refusal('forbidden', m => m.reminder.notYourAction({ code: codeOf('action', action.number) }));
  const again = actionSnooze(action, member, until);
  await ctx.unplan(again.kind, again.subject, 'put off again');
  await ctx.plan(again);
  const data = { until: until.toISOString() };
  await ctx.record({ kind: 'reminder.snoozed', thing: 'action', number: action.number, data });
  await ctx.staleFor(action.isPrivate ? 'private_actions_due' : 'actions_due', async () => [member]);
}

const snooze = mutation({
  id: 'rs',
  name: 'snooze',
  words: m => m.reminder.command.snooze,
  who: 'member',
  options: { reminder: main(reminded()), until: required(instant('08:00')) },
  async run(ctx, { reminder, until }): Promise<View> {
    if (until <= ctx.now) throw new Refusal('invalid_option', m => m.reminder.past_time, { option: 'until' });
    if ('action' in reminder) await snoozeAction(ctx, reminder.action, until);
    else await snoozeReport(ctx, reminder.indicator, until);
    const code =
      'action' in reminder ? codeOf('action', reminder.action.number) : codeOf('indicator', reminder.indicator.number);
    return view(ctx.m.reminder.snoozed({ code, until: [when(until, ctx.zone, ctx.locale)] }), { tone: 'good' });
  },
});

const pause = mutation({
  id: 'rp',
  name: 'pause',
  words: m => m.reminder.command.pause,
  who: 'member',
  options: {},
  async run(ctx) {
    await snoozeReminder(ctx.tx, ctx.forumId, ctx.actor.member, null, null);
    await ctx.staleFor('reports_due', async () => [ctx.actor.member]);
    await ctx.record({ kind: 'reminder.paused', thing: 'member', number: ctx.actor.member });
    return view(ctx.m.reminder.paused, { tone: 'good' });
  },
});

const resume = mutation({
  id: 'rr',
  name: 'resume',
  words: m => m.reminder.command.resume,
  who: 'member',
  options: {},
  async run(ctx) {
    await resumeReminders(ctx.tx, ctx.forumId, ctx.actor.member);
    await ctx.record({ kind: 'reminder.resumed', thing: 'member', number: ctx.actor.member });
    const next = await upcoming(ctx.db, ctx.forumId, SHOWN);
    return view(ctx.m.reminder.resumed, {
      tone: 'good',
      blocks: [next.length ? text(ctx.m.reminder.next) : null, listBlock(next.map(row => lineOf(ctx, row)))],
    });
  },
});

/** Sends again what could not be delivered, once whatever was in the way is mended. */
const resend = mutation({
  id: 'rz',
  name: 'resend',
  words: m => m.reminder.command.resend,
  who: 'coordinator',
  options: {},
  async run(ctx) {
    const n = await ctx.sendAgain();
    const w = ctx.m.reminder;
    if (!n) return view(w.allArrived);
    await ctx.record({ kind: 'delivery.sent_again', thing: 'forum', number: 0, data: { messages: n } });
    return view(w.sentAgain({ n }), { tone: 'good', blocks: [text(w.sentAgainHint)] });
  },
});

export const reminder: Command = {
  name: 'reminder',
  words: m => m.reminder.command,
  actions: [list, snooze, pause, resume, resend],
};
