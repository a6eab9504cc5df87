import { z } from 'zod';
import { type Command, deed, main, optional, query } from '../src/bot/command.ts';
import { flag, type Kind, typedOf } from '../src/bot/kinds.ts';
import { Refusal } from '../src/bot/refusal.ts';
import { facts, list, text, view } from '../src/bot/view.ts';
import { cursorOf } from '../src/domain/cursors.ts';
import { changeForum } from '../src/domain/forums.ts';
import { when } from '../src/language/dates.ts';
import { isCron } from '../src/schedule/cron.ts';
import { cronOf, digestAt, nextDigests } from '../src/schedule/digests.ts';
import { digestView } from '../src/views/digest.ts';

const WEEK_MS = 7 * 86_400_000;

/** Five parts of cron, in the forum's zone. */
const cron = (): Kind<string> => ({
  input: 'line',
  allowed: z.string().max(60),
  print: value => value,
  accepts: m => m.digest.acceptsCron,
  async read(raw, r) {
    const typed = typedOf(raw).trim().replace(/\s+/g, ' ');
    if (isCron(typed)) return typed;
    throw new Refusal('invalid_option', m =>
      m.core.invalidOption({ option: r.option, typed, accepts: m.digest.acceptsCron }),
    );
  },
});

const now = query({
  id: 'dn',
  name: 'now',
  words: m => m.digest.command.now,
  who: 'coordinator',
  options: {},
  async run(ctx) {
    const since = (await cursorOf(ctx.db, ctx.forumId, 'digest')) ?? new Date(ctx.now.getTime() - WEEK_MS);
    return (await digestView(ctx, ctx.forum, since, ctx.now)).view;
  },
});

const schedule = deed({
  id: 'ds',
  name: 'schedule',
  words: m => m.digest.command.schedule,
  who: 'coordinator',
  options: { cron: main(cron()), empty: optional(flag()) },
  async run(ctx, { cron: expression, empty }) {
    const settings = {
      ...ctx.forum.settings,
      digestCron: expression,
      ...(empty !== undefined && { emptyDigest: empty }),
    };
    await changeForum(ctx.tx, ctx.forumId, { settings });
    const [next] = nextDigests({ ...ctx.forum, settings }, ctx.now, 1);
    await ctx.unplanAll('digest', 'scheduled anew');
    if (next) await ctx.plan(digestAt(next));
    await ctx.record({
      kind: 'digest.scheduled',
      thing: 'forum',
      number: 0,
      data: { before: cronOf(ctx.forum), cron: expression },
    });
    const at = next ? [when(next, ctx.zone, ctx.locale)] : ctx.m.core.none;
    return view(ctx.m.digest.scheduled({ at }), { tone: 'good' });
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
          [w.cron, cronOf(ctx.forum)],
          [w.last, last && [when(last, ctx.zone, ctx.locale)]],
        ]),
        text(w.nextTimes),
        list(nextDigests(ctx.forum, ctx.now, 5).map(at => [when(at, ctx.zone, ctx.locale)])),
      ],
    });
  },
});

export const digest: Command = { name: 'digest', words: m => m.digest.command, actions: [now, schedule, show] };
