import type { ReadContext, WriteContext } from '../../src/bot/act-context.ts';
import { type Command, main, mutation, optional, query } from '../../src/bot/command.ts';
import { type Channel, choice, flag, line, money, whole } from '../../src/bot/kinds.ts';
import { lackText } from '../../src/bot/postable.ts';
import { channel } from '../../src/bot/references.ts';
import { time, zone } from '../../src/bot/time-kinds.ts';
import { button } from '../../src/contract/buttons.ts';
import { PLATFORM_NAMES } from '../../src/contract/platform-names.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { facts, list, text, view } from '../../src/contract/view.ts';
import { ailmentsIn } from '../../src/domain/ailments.ts';
import { addDays } from '../../src/domain/calendar.ts';
import { lastPass } from '../../src/domain/cursors.ts';
import { comingDaysOff, daysOff } from '../../src/domain/days-off.ts';
import {
  changeForum,
  channelsOf,
  type Forum,
  type ForumChannel,
  type Purpose,
  placesOf,
  setChannel,
} from '../../src/domain/forums.ts';
import { listPartners } from '../../src/domain/partners.ts';
import { coordinators } from '../../src/domain/people.ts';
import { takenDown } from '../../src/domain/publishing.ts';
import { formatDate, localDate, when } from '../../src/language/dates.ts';
import { LOCALES, zoneName } from '../../src/language/locale.ts';
import { formatMoney } from '../../src/language/numbers.ts';
import { join as joinTexts, type Text, t } from '../../src/language/text.ts';
import { holidaysAsked } from '../../src/schedule/days.ts';
import { digestsToCome } from '../../src/schedule/digests.ts';
import { nextPulse } from '../../src/schedule/engagement.ts';
import { HISTORY_DAYS } from '../../src/schedule/retention.ts';
import { withFirstSteps } from '../../src/views/first-steps.ts';
import { placeText } from '../../src/views/place.ts';
import { alerts } from './alerts.ts';
import { announce, seen, send, unseen } from './announce.ts';
import { coordinator } from './coordinator.ts';
import { data } from './data.ts';
import { holiday } from './holiday.ts';
import { members } from './members.ts';
import { money as moneyRules } from './money.ts';
import { declineAlert, passOn } from './official.ts';
import { panel } from './panel.ts';
import { admission, invite, join, leave, remove } from './places.ts';
import { addressText, publish } from './publish.ts';
import { rules } from './rules.ts';
import { allclear, update } from './warning.ts';

const settingOptions = {
  locale: optional(choice(LOCALES, m => m.forum.locales)),
  timezone: optional(zone()),
  announce: optional(channel()),
  coordinators: optional(channel()),
  issues: optional(channel()),
};

async function setChannels(
  ctx: WriteContext,
  o: { readonly [P in Purpose]?: Channel | undefined },
): Promise<Purpose[]> {
  const { platform, workspace } = ctx.place;
  const set: Purpose[] = [];
  for (const purpose of ['announce', 'coordinators', 'issues'] as const) {
    const to = o[purpose];
    if (!to) continue;
    await setChannel(ctx.tx, { forumId: ctx.forumId, platform, workspace, purpose, channel: to.id, name: to.name });
    set.push(purpose);
  }
  return set;
}

/** Fills in the channel of setup where none is named. A terminal has none that anybody reads. */
function orHere(ctx: WriteContext, o: { readonly [P in Purpose]?: Channel | undefined }) {
  const { platform, channel: id, channelName } = ctx.place;
  const isNamed = o.announce || o.coordinators || o.issues;
  return isNamed || platform === 'console' || id === null ? o : { ...o, announce: { id, name: channelName ?? id } };
}

const setup = mutation({
  id: 'fs',
  name: 'setup',
  words: m => m.forum.command.setup,
  who: 'anyone',
  outside: true,
  postsTo: 'named or here',
  options: { name: main(line({ max: 100 })), ...settingOptions },
  async run(ctx, o) {
    if (ctx.hasForum) throw new Refusal('conflict', m => m.forum.exists({ name: ctx.forum.name }));
    if (!ctx.identity.admin) throw new Refusal('forbidden', m => m.forum.adminOnly);
    if (ctx.isLocaleOpen && !o.locale)
      throw new Refusal('missing_option', m => m.forum.whichLanguage, { option: 'locale' });
    const forum = await ctx.found({ name: o.name, locale: o.locale ?? ctx.locale, zone: o.timezone ?? ctx.zone });
    if (!forum) throw new Refusal('conflict', m => m.forum.exists({ name: o.name }));
    await setChannels(ctx, orHere(ctx, o));
    await ctx.plan(...digestsToCome(forum, ctx.now, await daysOff(ctx.db, forum.id)), holidaysAsked(forum, ctx.now));
    await ctx.record({ kind: 'forum.started', thing: 'forum', number: 0, data: { name: forum.name } });
    const started = ctx.m.forum.started({ name: forum.name });
    return withFirstSteps(ctx, view(started, { tone: 'good', blocks: [text(ctx.m.forum.startedHint)] }));
  },
});

/** Returns where the posts of one purpose go, and what the bot is not allowed there, as far as this place can tell. */
async function channelLine(ctx: ReadContext, one: ForumChannel): Promise<Text> {
  const w = ctx.m.forum;
  const here = one.platform === ctx.place.platform && one.workspace === ctx.place.workspace;
  const lacks = here ? await ctx.lacks(one.channel) : [];
  const line = t`${w.purposes[one.purpose]}: #${one.name} (${PLATFORM_NAMES[one.platform]})`;
  const ill = (await ailmentsIn(ctx.db, one)).find(({ channel }) => channel === one.channel);
  const { channelGone, channelClosed } = ctx.m.core.causes;
  const why = ill && (ill.state === 'gone' ? channelGone : ill.state === 'closed' ? channelClosed : null);
  const said = [lacks.length ? lackText(ctx.m, lacks) : null, why ?? null].filter(one => one !== null);
  return said.length ? t`${line} – ${joinTexts(said, '; ')}` : line;
}

const show = query({
  id: 'fw',
  name: 'show',
  words: m => m.forum.command.show,
  who: 'member',
  options: {},
  async run(ctx) {
    const { m, forum, locale } = ctx;
    const w = m.forum;
    const channels = await channelsOf(ctx.db, forum.id);
    const people = await coordinators(ctx.db, forum.id);
    const places = await placesOf(ctx.db, forum.id);
    const partners = await listPartners(ctx.db, forum.id);
    const pass = await lastPass(ctx.db);
    const { quietFrom: from, quietTo: to, approveAbove, historyDays = HISTORY_DAYS, inactiveMonths } = forum.settings;
    const soon = addDays(localDate(ctx.now, forum.zone), 60);
    const year = soon.slice(0, 4);
    const isEstimated = !(await daysOff(ctx.db, forum.id)).knows(Number(year));
    const coming = await comingDaysOff(ctx.db, forum.id, localDate(ctx.now, forum.zone), locale, 3);
    const off = coming.map(day => `${formatDate(day.date, locale)}${day.name && ` ${day.name}`}`);
    return view(forum.name, {
      blocks: [
        facts([
          [w.coordinators, people.map(person => person.name).join(', ')],
          [w.partners, String(partners.length)],
          [w.language, w.locales[forum.locale]],
          [w.zone, t`${forum.zone} (${zoneName(forum.zone, locale, ctx.now)})`],
          [w.quiet, from && to ? w.quietHours({ from, to }) : w.noQuiet],
          [w.pictures, forum.settings.pictures === false ? w.noPictures : null],
          [w.publicPage, forum.settings.public ? addressText(ctx, forum.id) : null],
          [w.pulse, forum.settings.quarterlyPulse ? w.quarterly : null],
          [w.approval, approveAbove === undefined ? null : formatMoney(approveAbove, locale)],
          [w.kept, w.keptFor({ days: historyDays, months: inactiveMonths ?? 0 })],
          [w.places, places.map(placeText).join(', ')],
          [w.holidays, off.length ? off.join('; ') : null],
          [w.estimates, isEstimated ? w.holidaysEstimated({ year }) : null],
          [w.lastPass, pass && [when(pass, ctx.zone, locale)]],
          [w.since, formatDate(localDate(forum.createdAt, ctx.zone), locale)],
        ]),
        list(await Promise.all(channels.map(one => channelLine(ctx, one)))),
      ],
    });
  },
});

const settings = mutation({
  id: 'fe',
  name: 'settings',
  words: m => m.forum.command.settings,
  who: 'coordinator',
  postsTo: 'named',
  options: {
    name: optional(line({ max: 100 })),
    ...settingOptions,
    quiet_from: optional(time()),
    quiet_to: optional(time()),
    approval: optional(money()),
    public: optional(flag()),
    pictures: optional(flag()),
    public_names: optional(flag()),
    pulse: optional(flag()),
    history: optional(whole({ min: 30, max: 3650, unit: 'days' })),
    inactive: optional(whole({ min: 0, max: 120 })),
    overdue: optional(flag()),
  },
  stands({ forum: { name, zone, settings } }) {
    const { quietFrom, quietTo, inactiveMonths, historyDays } = settings;
    return {
      name,
      timezone: zone,
      quiet_from: quietFrom,
      quiet_to: quietTo,
      history: historyDays,
      inactive: inactiveMonths,
    };
  },
  async run(ctx, o) {
    const { forum } = ctx;
    const given = {
      ...(o.quiet_from && { quietFrom: o.quiet_from }),
      ...(o.quiet_to && { quietTo: o.quiet_to }),
      ...(o.approval && { approveAbove: o.approval }),
      ...(o.pictures !== undefined && { pictures: o.pictures }),
      ...(o.public_names !== undefined && { publicNames: o.public_names }),
      ...(o.pulse !== undefined && { quarterlyPulse: o.pulse }),
      ...(o.history !== undefined && { historyDays: o.history }),
      ...(o.inactive !== undefined && { inactiveMonths: o.inactive }),
      ...(o.overdue !== undefined && { overdueInPublic: o.overdue }),
    };
    // Publishing takes a look and a yes of its own; taking the page down takes only this.
    const down = o.public === false;
    const settings = down ? takenDown({ ...forum.settings, ...given }) : { ...forum.settings, ...given };
    if (!settings.quietFrom !== !settings.quietTo) throw new Refusal('missing_option', m => m.forum.bothQuiet);
    const set: Partial<Pick<Forum, 'name' | 'locale' | 'zone' | 'settings'>> = {
      ...(o.name && { name: o.name }),
      ...(o.locale && { locale: o.locale }),
      ...(o.timezone && { zone: o.timezone }),
      ...((Object.keys(given).length > 0 || down) && { settings }),
    };
    const changed = [...Object.keys(set), ...(await setChannels(ctx, o))];
    const ask = o.public === true && !forum.settings.public;
    if (!changed.length && !ask) throw new Refusal('missing_option', m => m.forum.nothingSet);
    await changeForum(ctx.tx, forum.id, set);
    const today = localDate(ctx.now, forum.zone);
    if (o.pulse) await ctx.plan(nextPulse(today, forum.zone, await daysOff(ctx.db, forum.id)));
    if (changed.length)
      await ctx.record({
        kind: 'forum.changed',
        thing: 'forum',
        number: 0,
        data: { changed, before: o.name ? { name: forum.name } : {} },
      });
    if (down && forum.settings.public) await ctx.record({ kind: 'forum.taken_down', thing: 'forum', number: 0 });
    return view(changed.length ? ctx.m.forum.saved : ctx.m.forum.notYetPublic, {
      tone: changed.length ? 'good' : 'warning',
      blocks: [
        down && forum.settings.public ? text(ctx.m.forum.takenDown) : null,
        ask ? text(ctx.m.forum.publishFirst) : null,
      ],
      controls: [ask ? [button(ctx.m, 'previewPage', 'ft', {}, 'primary')] : []],
    });
  },
});

export const forum: Command = {
  name: 'forum',
  words: m => m.forum.command,
  actions: [
    setup,
    show,
    members,
    settings,
    rules,
    publish,
    coordinator,
    holiday,
    invite,
    join,
    admission,
    leave,
    remove,
    announce,
    send,
    seen,
    unseen,
    moneyRules,
    panel,
    alerts,
    data,
    update,
    allclear,
    passOn,
    declineAlert,
  ],
};
