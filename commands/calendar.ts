import { type Command, mutation, optional, query } from '../src/bot/command.ts';
import { whole } from '../src/bot/kinds.ts';
import { button } from '../src/contract/buttons.ts';
import { facts, list, note, text, view } from '../src/contract/view.ts';
import { dateIn } from '../src/domain/calendar.ts';
import { codeOf } from '../src/domain/codes.ts';
import { codeFrom } from '../src/domain/invitations.ts';
import { addToken, revokeTokens } from '../src/domain/meetings/calendar-tokens.ts';
import { ownEntries } from '../src/domain/meetings/entries.ts';
import { formatSlot } from '../src/language/slots.ts';
import { t } from '../src/language/text.ts';

/** Maximum number of meetings that are listed, and minutes before a meeting at which a calendar may remind. */
const SHOWN = 10;
const LONGEST_ALARM = 10_080;
/** Length of a secret address, characters: 130 bits. */
const TOKEN_LENGTH = 26;

const show = query({
  id: 'cs',
  name: 'show',
  words: m => m.calendar.command.show,
  who: 'member',
  options: {},
  async run(ctx) {
    const w = ctx.m.calendar;
    const members = ctx.actor.numbers;
    const from = dateIn(ctx.now, ctx.zone);
    const own = await ownEntries(ctx.db, ctx.forumId, { members, partner: ctx.actor.seat?.partner ?? null, from });
    const coming = own
      .filter(one => one.state === 'planned')
      .sort((a, b) => `${a.date} ${a.time ?? ''}`.localeCompare(`${b.date} ${b.time ?? ''}`));
    const isPublic = ctx.forum.settings.public === true;
    return view(w.title, {
      blocks: [
        coming.length ? text(w.coming) : text(w.nothing),
        list(
          coming
            .slice(0, SHOWN)
            .map(one => t`${codeOf('activity', one.number)} ${one.title}: ${formatSlot(one, ctx.locale, 'short')}`),
        ),
        facts([[w.ofForum, isPublic ? ctx.address(`/f/${ctx.forumId}/calendar.ics`) : null]]),
        note(w.hint),
      ],
      controls: [[button(ctx.m, 'calendarLink', 'cl', {})]],
    });
  },
});

const link = mutation({
  id: 'cl',
  name: 'link',
  words: m => m.calendar.command.link,
  who: 'member',
  options: { alarm: optional(whole({ min: 0, max: LONGEST_ALARM })) },
  secret: true,
  async run(ctx, { alarm }) {
    const w = ctx.m.calendar;
    const token = codeFrom(() => ctx.newId(), TOKEN_LENGTH).replaceAll('-', '');
    const { forumId, actor } = ctx;
    await addToken(ctx.tx, { forumId, member: actor.member }, { token, alarm: alarm ?? null }, ctx.now);
    await ctx.record({ kind: 'calendar.linked', thing: 'member', number: actor.member });
    return view(w.linked, {
      tone: 'good',
      blocks: [
        facts([
          [w.address, ctx.address(`/calendar/${token}.ics`)],
          [w.alarm, alarm === undefined ? null : w.minutes({ n: alarm })],
        ]),
        note(w.secret),
      ],
      controls: [[button(ctx.m, 'revokeCalendar', 'cx', {})]],
    });
  },
});

const revoke = mutation({
  id: 'cx',
  name: 'revoke',
  words: m => m.calendar.command.revoke,
  who: 'member',
  options: {},
  async run(ctx) {
    const n = await revokeTokens(ctx.tx, ctx.forumId, ctx.actor.member, ctx.now);
    if (n) await ctx.record({ kind: 'calendar.revoked', thing: 'member', number: ctx.actor.member });
    return view(n ? ctx.m.calendar.revoked({ n }) : ctx.m.calendar.noneRevoked, { tone: n ? 'good' : 'plain' });
  },
});

export const calendar: Command = {
  name: 'calendar',
  words: m => m.calendar.command,
  actions: [show, link, revoke],
};
