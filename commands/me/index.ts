import type { ReadContext } from '../../src/bot/act-context.ts';
import { type Command, main, mutation, optional, paging, query, required } from '../../src/bot/command.ts';
import { MAXIMUM_FILE_BYTES } from '../../src/bot/file-size.ts';
import { choice, flag, line } from '../../src/bot/kinds.ts';
import { STOP } from '../../src/bot/made-to-order.ts';
import { time, zone } from '../../src/bot/time-kinds.ts';
import { button } from '../../src/contract/buttons.ts';
import { doneAlready } from '../../src/contract/done-already.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { binaryFile, facts, text, view } from '../../src/contract/view.ts';
import { takesSeatAt } from '../../src/domain/meetings/invitees.ts';
import { partnerByNumber } from '../../src/domain/partners.ts';
import { coordinators, type Member, setPreferences } from '../../src/domain/people.ts';
import { forget } from '../../src/domain/privacy/forget.ts';
import { LOCALES, zoneName } from '../../src/language/locale.ts';
import { catalogue } from '../../src/language/messages.ts';
import type { Text } from '../../src/language/text.ts';
import { tasksView } from '../../src/views/tasks.ts';
import { queueNow, tellMovedUp } from '../activity/invite.ts';
import { complete } from './complete.ts';
import { openFile } from './file.ts';
import { chooseForum } from './forum.ts';
import { claim, disclaim, link, other, same, unlink, vouch } from './link.ts';
import { read } from './read.ts';

/** A person's quiet hours in words: their own, else the forum's. */
function quietHours({ m, forum }: ReadContext, me: Member): Text {
  const { quietFrom: from, quietTo: to } = me.quietFrom ? me : forum.settings;
  const hours = from && to && from !== to ? `${from}–${to}` : m.forum.noQuiet;
  return me.quietFrom ? hours : m.me.ofForum({ value: hours });
}

const show = query({
  id: 'ms',
  name: 'show',
  words: m => m.me.command.show,
  who: 'member',
  options: {},
  async run(ctx) {
    const { m, actor, forum } = ctx;
    const me = (await ctx.memberByNumber(actor.member))!;
    const partner = actor.seat && (await partnerByNumber(ctx.db, ctx.forumId, actor.seat.partner));
    const own = (mine: string | null, value: string) => (mine ? value : m.me.ofForum({ value }));
    const roles = (['coordinator', 'representative', 'partner', 'member'] as const).filter(role => ctx.roles.has(role));
    return view(m.me.title, {
      blocks: [
        facts([
          [m.me.name, me.name],
          [
            m.me.partner,
            partner
              ? m.me.seat({ role: m.partner.seatRoles[actor.seat!.role], partner: partner.name })
              : m.me.noPartner,
          ],
          [m.me.roles, roles.map(role => m.roles[role]).join(', ')],
          [m.me.language, own(me.locale, m.me.languages[me.locale ?? forum.locale])],
          [m.me.zone, own(me.zone, zoneName(ctx.zone, ctx.locale, ctx.now))],
          [m.me.quiet, quietHours(ctx, me)],
        ]),
      ],
    });
  },
});

const tasks = query({
  id: 'mw',
  name: 'tasks',
  words: m => m.me.command.tasks,
  who: 'member',
  options: { after: paging(line({ max: 80 })) },
  run: (ctx, { after }) => tasksView(ctx, ctx.forum, ctx.actor, after),
});

const language = mutation({
  id: 'ml',
  name: 'language',
  words: m => m.me.command.language,
  who: 'member',
  options: { language: main(choice([...LOCALES, 'forum'], m => m.me.languages)) },
  async run(ctx, o) {
    const locale = o.language === 'forum' ? null : o.language;
    await setPreferences(ctx.tx, ctx.forumId, ctx.actor.member, { locale });
    await ctx.record({ kind: 'me.language', thing: 'member', number: ctx.actor.member, data: { locale } });
    const m = catalogue[locale ?? ctx.forum.locale];
    return view(m.me.languageSet({ language: m.me.languages[locale ?? ctx.forum.locale] }), { tone: 'good' });
  },
});

const timezone = mutation({
  id: 'mt',
  name: 'timezone',
  words: m => m.me.command.timezone,
  who: 'member',
  options: { timezone: main(zone()) },
  async run(ctx, o) {
    await setPreferences(ctx.tx, ctx.forumId, ctx.actor.member, { zone: o.timezone });
    await ctx.record({ kind: 'me.zone', thing: 'member', number: ctx.actor.member, data: { zone: o.timezone } });
    return view(ctx.m.me.zoneSet({ zone: zoneName(o.timezone, ctx.locale, ctx.now) }), { tone: 'good' });
  },
});

/** Takes the forum's quiet hours again. */
const FORUM = 'forum';

const quiet = mutation({
  id: 'mz',
  name: 'quiet',
  words: m => m.me.command.quiet,
  who: 'member',
  options: { from: required(time({ or: FORUM })), to: optional(time()) },
  async run(ctx, o) {
    const [from, to] = o.from === FORUM ? [null, null] : [o.from, o.to ?? null];
    if (from && !to) throw new Refusal('missing_option', m => m.forum.bothQuiet, { option: 'to' });
    await setPreferences(ctx.tx, ctx.forumId, ctx.actor.member, { quietFrom: from, quietTo: to });
    await ctx.record({ kind: 'me.quiet', thing: 'member', number: ctx.actor.member, data: { from, to } });
    const w = ctx.m.me;
    const said = from && to ? (from === to ? w.quietNone : w.quietSet({ from, to })) : w.quietOfForum;
    return view(said, { tone: 'good' });
  },
});

const everything = query({
  id: 'mx',
  cost: 10,
  name: 'export',
  words: m => m.me.command.export,
  who: 'member',
  options: {},
  async run(ctx) {
    const member = (await ctx.memberByNumber(ctx.actor.member))!;
    const file = await ctx.make({ kind: 'person', member, maximumBytes: MAXIMUM_FILE_BYTES });
    if (!file) return view(ctx.m.core.making.calledOff);
    if (file.bytes.length > MAXIMUM_FILE_BYTES) throw new Refusal('limit', m => m.me.exportTooLarge);
    const { exported, exportedFile } = ctx.m.me;
    return view(exported, { blocks: [binaryFile(file.name, file.type, file.bytes, exportedFile)] });
  },
});

/** The button below what is being made leads here. */
const stop = query({
  id: STOP,
  name: 'stop',
  hidden: true,
  words: m => m.me.command.stop,
  who: 'member',
  options: {},
  async run(ctx) {
    const { calledOff, none } = ctx.m.core.making;
    return view(ctx.callOff() ? calledOff : none);
  },
});

const forgetting = mutation({
  id: 'mf',
  name: 'forget',
  words: m => m.me.command.forget,
  who: 'member',
  options: { confirm: optional(flag()) },
  async run(ctx, { confirm = false }) {
    const w = ctx.m.me;
    const others = (await coordinators(ctx.db, ctx.forumId)).filter(one => one.number !== ctx.actor.member);
    if (ctx.actor.coordinator && !others.length) throw new Refusal('conflict', m => m.me.lastCoordinator);
    if (!confirm)
      return view(w.forgetAsk, {
        tone: 'warning',
        blocks: [text(w.forgetHint)],
        controls: [[button(ctx.m, 'forgetMe', 'mf', { confirm: 'yes' }, 'danger')]],
      });
    const queues = [];
    for (const activity of await takesSeatAt(ctx.db, ctx.forumId, ctx.actor.numbers))
      queues.push({ activity, waiting: (await queueNow(ctx, activity)).waiting });
    const shown = await forget(
      ctx.tx,
      (await ctx.memberByNumber(ctx.actor.member))!,
      ctx.now,
      doneAlready(ctx.forum.locale),
    );
    for (const topic of shown) await ctx.stale(topic);
    for (const { activity, waiting } of queues) await tellMovedUp(ctx, activity, activity, waiting);
    await ctx.record({ kind: 'me.forgotten', thing: 'member', number: ctx.actor.member }, { unnamed: true });
    return view(w.forgotten, { tone: 'good', blocks: [text(w.forgottenHint)] });
  },
});

export const me: Command = {
  name: 'me',
  words: m => m.me.command,
  actions: [
    show,
    tasks,
    language,
    timezone,
    chooseForum,
    quiet,
    link,
    claim,
    disclaim,
    same,
    other,
    vouch,
    unlink,
    everything,
    stop,
    forgetting,
    read,
    openFile,
    complete,
  ],
};
