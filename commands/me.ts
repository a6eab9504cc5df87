import { type Command, deed, main, query } from '../src/bot/command.ts';
import { choice, zone } from '../src/bot/kinds.ts';
import { facts, view } from '../src/bot/view.ts';
import { partnerByNumber } from '../src/domain/partners.ts';
import { setPreferences } from '../src/domain/people.ts';
import { zoneName } from '../src/language/locale.ts';
import { catalogue } from '../src/language/messages.ts';

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
        ]),
      ],
    });
  },
});

const language = deed({
  id: 'ml',
  name: 'language',
  words: m => m.me.command.language,
  who: 'member',
  options: { language: main(choice(['id', 'en', 'forum'], m => m.me.languages)) },
  async run(ctx, o) {
    const locale = o.language === 'forum' ? null : o.language;
    await setPreferences(ctx.tx, ctx.forumId, ctx.actor.member, { locale });
    await ctx.record({ kind: 'me.language', thing: 'member', number: ctx.actor.member, data: { locale } });
    const m = catalogue[locale ?? ctx.forum.locale];
    return view(m.me.languageSet({ language: m.me.languages[locale ?? ctx.forum.locale] }), { tone: 'good' });
  },
});

const timezone = deed({
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

export const me: Command = { name: 'me', words: m => m.me.command, actions: [show, language, timezone] };
