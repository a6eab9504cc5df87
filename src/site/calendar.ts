import type { RenderContext } from '../contract/render-context.ts';
import { ownActions } from '../domain/actions/lists.ts';
import { awaitedVotes } from '../domain/awaited-votes.ts';
import { addDays, dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import type { Forum } from '../domain/forums.ts';
import type { CalendarToken } from '../domain/meetings/calendar-tokens.ts';
import { forumEntries, ownEntries } from '../domain/meetings/entries.ts';
import { actorOf, memberByNumber } from '../domain/people.ts';
import { owedNow } from '../views/due.ts';
import { calendarOf, type Deadline } from '../views/ics.ts';
import type { PageContext } from './page-context.ts';

/** Number of days that a personal calendar goes back. */
const PAST_DAYS = 366;
/** Maximum number of actions in a personal calendar. */
const ACTIONS = 200;

/** The public calendar of a forum: what it planned and did. */
export async function forumCalendar({ render: context, forum, links }: PageContext): Promise<string> {
  const { activities, series } = await forumEntries(context.db, forum.id);
  const whole = (path: string): string | null => {
    const address = links.whole(path);
    return address.startsWith('/') ? null : address;
  };
  const head = {
    name: forum.name,
    forumId: forum.id,
    forumName: forum.name,
    zone: forum.zone,
    url: whole(''),
    urlOf: (number: number) => whole(`/activities/${codeOf('activity', number)}`),
    alarm: null,
  };
  return calendarOf(head, activities, series);
}

/**
 * A person's own calendar: meetings to which they are invited, reports that are awaited from them, votes and polls in
 * which they have not voted, and their actions. Null: they are no member any more.
 */
export async function personalCalendar(
  context: RenderContext,
  forum: Forum,
  token: CalendarToken,
): Promise<string | null> {
  const { db, forumId, m, now } = context;
  const member = await memberByNumber(db, forumId, token.member);
  if (!member || member.forgottenAt) return null;
  const actor = await actorOf(db, member);
  const zone = member.zone ?? forum.zone;
  const from = addDays(dateIn(now, zone), -PAST_DAYS);
  const members = actor.numbers;
  const activities = await ownEntries(db, forumId, { members, partner: actor.seat?.partner ?? null, from });
  const deadlines: Deadline[] = [];
  const { strategies, polls } = await awaitedVotes(db, forumId, member.number, now);
  const closing = [...strategies.map(one => ['strategy', one] as const), ...polls.map(one => ['poll', one] as const)];
  for (const [thing, { number, title, closesAt, createdAt }] of closing) {
    const code = codeOf(thing, number);
    const said = m.calendar.closes({ title: `${code} ${title}` });
    deadlines.push({ uid: code, title: said, at: closesAt, date: null, since: createdAt });
  }
  for (const { indicator, period, partner, due, members: reminded } of await owedNow(context)) {
    if (partner !== actor.seat?.partner && !reminded.includes(member.number)) continue;
    const code = codeOf('indicator', indicator.number);
    const said = m.calendar.report({ title: `${code} ${indicator.name}`, period: period.key });
    deadlines.push({
      uid: `${code}-${period.key}-${partner}`,
      title: said,
      at: null,
      date: due,
      since: indicator.createdAt,
    });
  }
  for (const one of await ownActions({ db, forumId, actor }, { limit: ACTIONS })) {
    if (one.due === null) continue;
    const code = codeOf('action', one.number);
    deadlines.push({ uid: code, title: `${code} ${one.title}`, at: null, date: one.due, since: one.createdAt });
  }
  const head = {
    name: m.calendar.nameOf({ person: member.name, forum: forum.name }),
    forumId,
    forumName: forum.name,
    zone,
    url: null,
    urlOf: () => null,
    alarm: token.alarm,
  };
  return calendarOf(head, activities, [], deadlines);
}
