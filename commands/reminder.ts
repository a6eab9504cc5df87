import type { ReadContext } from '../src/bot/act-context.ts';
import { type Command, main, mutation, query, required } from '../src/bot/command.ts';
import { instant, type Kind, typedOf } from '../src/bot/kinds.ts';
import { entity } from '../src/bot/references.ts';
import { Refusal } from '../src/contract/refusal.ts';
import { list as listBlock, text, view } from '../src/contract/view.ts';
import { codeOf } from '../src/domain/codes.ts';
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
import { owedNow } from '../src/views/due.ts';
import { undeliveredPart } from '../src/views/undelivered.ts';

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
    // What did not arrive may be about what few may see: its places and kinds are for coordinators.
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

/** The indicator whose report is reminded of. Of the other codes in the list it is said why they cannot be put off. */
const reportReminder = (): Kind<Indicator> => {
  const kind = entity(indicatorSource);
  return {
    ...kind,
    async read(raw, r) {
      const typed = typedOf(raw).trim().toUpperCase();
      if (/^[SKPIMTJA]-?\d+$/.test(typed)) throw new Refusal('invalid_option', m => m.reminder.onlyReports({ typed }));
      return kind.read(raw, r);
    },
  };
};

const snooze = mutation({
  id: 'rs',
  name: 'snooze',
  words: m => m.reminder.command.snooze,
  who: 'member',
  options: { reminder: main(reportReminder()), until: required(instant('08:00')) },
  async run(ctx, { reminder: indicator, until }) {
    if (until <= ctx.now) throw new Refusal('invalid_option', m => m.reminder.past_time, { option: 'until' });
    const { member } = ctx.actor;
    const owed = (await owedNow(ctx)).filter(one => one.indicator.number === indicator.number);
    const last = previousPeriod(periodOf(localDate(ctx.now, ctx.forum.zone), indicator.frequency)).key;
    const periods = owed.length ? [...new Set(owed.map(one => one.period.key))] : [last];
    for (const period of periods) {
      await snoozeReminder(ctx.tx, ctx.forumId, member, { indicator: indicator.number, period }, until);
      const subject = `${indicator.number}:${period}:${member}`;
      await ctx.unplan('report_snoozed', subject, 'put off again');
      const key = `report_snoozed:${subject}:${until.toISOString()}`;
      await ctx.plan({ key, kind: 'report_snoozed', subject, due: until });
    }
    await ctx.record({
      kind: 'reminder.snoozed',
      thing: 'indicator',
      number: indicator.number,
      data: { periods, until: until.toISOString() },
    });
    await ctx.staleFor('reports_due', async () => [member]);
    const code = codeOf('indicator', indicator.number);
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
