import * as z from 'zod';
import type { ReadContext } from '../src/bot/act-context.ts';
import { type Command, mainOptional, mutation, optional, query } from '../src/bot/command.ts';
import { choice, flag, type Kind, typedOf, whole } from '../src/bot/kinds.ts';
import { Refusal } from '../src/contract/refusal.ts';
import { type Block, facts, list, text, view } from '../src/contract/view.ts';
import { cursorOf } from '../src/domain/cursors.ts';
import { daysOff } from '../src/domain/days-off.ts';
import { changeForum, type Forum } from '../src/domain/forums.ts';
import { when } from '../src/language/dates.ts';
import { zoneName } from '../src/language/locale.ts';
import { cronOfWeekly, formatWeekly, readWeekly, weeklyOfCron } from '../src/language/weekly.ts';
import { hourlyAtMost, isCron, timesOf } from '../src/schedule/cron.ts';
import { cronOf, DIGESTS, digestsToCome, nextDigests } from '../src/schedule/digests.ts';
import { digestView } from '../src/views/digest.ts';

/** Maximum length of the times of a digest, characters. */
const MAXIMUM_CRON = 60;
const WEEK_MS = 7 * 86_400_000;

/** Times of the digest in plain words, or five parts of cron; in the forum's zone. */
const cron = (): Kind<string> => ({
  input: 'line',
  longest: MAXIMUM_CRON,
  allowed: () => z.string().max(MAXIMUM_CRON),
  print: value => value,
  accepts: m => m.digest.acceptsCron,
  async read(raw, r) {
    const typed = typedOf(raw).trim().replace(/\s+/g, ' ');
    if (isCron(typed)) return typed;
    const weekly = readWeekly(typed);
    if (weekly) return cronOfWeekly(weekly);
    throw new Refusal('invalid_option', m =>
      m.core.invalidOption({ option: r.option, typed, accepts: m.digest.acceptsCron }),
    );
  },
});

const now = query({
  id: 'dn',
  cost: 5,
  name: 'now',
  words: m => m.digest.command.now,
  who: 'coordinator',
  options: {},
  async run(ctx) {
    const since = (await cursorOf(ctx.db, ctx.forumId, 'digest')) ?? new Date(ctx.now.getTime() - WEEK_MS);
    return (await digestView(ctx, ctx.forum, since, ctx.now)).view;
  },
});

/** Says when the digest comes, in words where it comes by days of the week. */
function inWords(ctx: ReadContext, forum: Forum): string | null {
  const weekly = weeklyOfCron(cronOf(forum, 'digest') ?? '');
  return weekly && `${formatWeekly(weekly, ctx.locale)} ${zoneName(forum.zone, ctx.locale, ctx.now)}`;
}

/** Asks once about a digest that comes more often than daily. @throws Refusal `conflict`. */
function askAboutOften(typed: string | undefined, confirmed: boolean | undefined): void {
  const times = typed === undefined || confirmed ? 0 : timesOf(typed).length;
  if (times <= 1) return;
  const isBent = hourlyAtMost(typed!) !== typed;
  throw new Refusal('conflict', m => m.digest.often({ times, isBent }), { option: 'confirm', answers: {} });
}

/** The next five of each digest that a forum is sent. */
async function nextFive(ctx: ReadContext, forum: Forum): Promise<(Block | null)[]> {
  const w = ctx.m.digest;
  const off = await daysOff(ctx.db, ctx.forumId);
  return DIGESTS.flatMap(kind => {
    const times = nextDigests(forum, kind, ctx.now, off, 5).map(at => [when(at, ctx.zone, ctx.locale)]);
    return times.length ? [text(w.nextTimes[kind]), list(times)] : [];
  });
}

const schedule = mutation({
  id: 'ds',
  name: 'schedule',
  words: m => m.digest.command.schedule,
  who: 'coordinator',
  options: {
    cron: mainOptional(cron()),
    empty: optional(flag()),
    monthly: optional(whole({ min: 0, max: 28 })),
    holidays: optional(choice(['next', 'previous', 'skip', 'keep'], m => m.digest.holidayRules)),
    confirm: optional(flag()),
  },
  async run(ctx, o) {
    const before = cronOf(ctx.forum, 'digest');
    const given = {
      ...(o.cron && { digestCron: hourlyAtMost(o.cron) }),
      ...(o.empty !== undefined && { emptyDigest: o.empty }),
      ...(o.monthly !== undefined && { monthlyDigest: o.monthly }),
      ...(o.holidays && { digestOnHoliday: o.holidays }),
    };
    if (!Object.keys(given).length) throw new Refusal('missing_option', m => m.forum.nothingSet, { option: 'cron' });
    askAboutOften(o.cron, o.confirm);
    const forum = { ...ctx.forum, settings: { ...ctx.forum.settings, ...given } };
    await changeForum(ctx.tx, ctx.forumId, { settings: forum.settings });
    for (const kind of DIGESTS) await ctx.unplanAll(kind, 'scheduled anew');
    await ctx.plan(...digestsToCome(forum, ctx.now, await daysOff(ctx.db, ctx.forumId)));
    await ctx.record({ kind: 'digest.scheduled', thing: 'forum', number: 0, data: { before, ...given } });
    return view(ctx.m.digest.scheduled, {
      tone: 'good',
      blocks: [facts([[ctx.m.digest.comes, inWords(ctx, forum)]]), ...(await nextFive(ctx, forum))],
    });
  },
});

const show = query({
  id: 'dw',
  name: 'show',
  words: m => m.digest.command.show,
  who: 'coordinator',
  options: {},
  async run(ctx) {
    const w = ctx.m.digest;
    const last = await cursorOf(ctx.db, ctx.forumId, 'digest');
    return view(w.scheduleTitle, {
      blocks: [
        facts([
          [w.comes, inWords(ctx, ctx.forum)],
          [w.cron, cronOf(ctx.forum, 'digest')],
          [w.onHolidays, w.holidayRules[ctx.forum.settings.digestOnHoliday ?? 'next']],
          [w.last, last && [when(last, ctx.zone, ctx.locale)]],
        ]),
        ...(await nextFive(ctx, ctx.forum)),
      ],
    });
  },
});

export const digest: Command = { name: 'digest', words: m => m.digest.command, actions: [now, schedule, show] };
