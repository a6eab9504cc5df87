import type { RenderContext } from '../../contract/render-context.ts';
import { dateIn, instantsOf, type Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import { activitiesJoined } from '../../domain/engagement/counts.ts';
import type { Forum } from '../../domain/forums.ts';
import { partnersBefore } from '../../domain/partners.ts';
import { dateCell, type Sheet, sheetWith } from '../sheet.ts';

/**
 * The partners there were in a time or that took part in its activities, with how many those were. Contacts, and how a
 * partner is judged, stay within the forum.
 */
export async function partnerSheet({ db, forumId, m }: RenderContext, forum: Forum, span: Span): Promise<Sheet> {
  const [from, until] = instantsOf(span, forum.zone);
  const partners = (await partnersBefore(db, forumId, until)).filter(
    one => one.archivedAt === null || one.archivedAt >= from,
  );
  const activities = await activitiesJoined({ db, forum, partners: partners.map(one => one.number), span });
  const there = partners.filter(one => one.createdAt < until || activities.has(one.number));
  return sheetWith(
    m,
    'partners',
    ['code', 'name', 'sector', 'focus', 'activities', 'joinedOn', 'leftOn', 'area'],
    there.map(partner => [
      codeOf('partner', partner.number),
      partner.name,
      partner.sector && m.partner.sectors[partner.sector],
      partner.focus,
      activities.get(partner.number) ?? 0,
      dateCell(dateIn(partner.createdAt, forum.zone)),
      dateCell(partner.archivedAt && dateIn(partner.archivedAt, forum.zone)),
      partner.area,
    ]),
  );
}
