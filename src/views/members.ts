import type { RenderContext } from '../contract/render-context.ts';
import { table, text, type View, view } from '../contract/view.ts';
import { codeOf } from '../domain/codes.ts';
import { countMembers, type Seated } from '../domain/member-list.ts';
import type { Page } from '../domain/page.ts';
import { t } from '../language/text.ts';
import { nextPage, placeNote } from './paging.ts';

/** A page of the members, with the partner each sits for; a member who sits for none is marked. */
export async function memberList(context: RenderContext, page: Page<Seated>): Promise<View> {
  const { m } = context;
  const { rows } = page;
  const w = m.forum.memberList;
  const roles = ({ member, seat }: Seated): string =>
    [seat && m.partner.seatRoles[seat.role], member.coordinator ? m.roles.coordinator : null]
      .filter(Boolean)
      .join(', ') || m.core.none;
  return view(w.title, {
    blocks: [
      text(w.count(await countMembers(context.db, context.forumId))),
      table(
        [w.name, m.partnership.partner, w.role],
        rows.map(one => [
          one.member.name,
          one.seat ? t`${codeOf('partner', one.seat.partner)} ${one.seat.name}` : w.unseated,
          roles(one),
        ]),
      ),
      await placeNote(context, page),
    ],
    controls: [nextPage(context, page, 'fb', last => ({ after: String(last.member.number) }))],
  });
}
