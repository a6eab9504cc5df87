import { button } from '../contract/buttons.ts';
import type { PostType } from '../contract/post-type.ts';
import { text, view } from '../contract/view.ts';
import { type NamedPlace, placeByKey } from '../domain/forums.ts';
import { invitationByNumber } from '../domain/invitations.ts';
import { memberByNumber } from '../domain/people.ts';

/** A place so that nobody takes it for another: its name, which anybody may choose, its platform and its id. */
export const placeText = ({ platform, workspace, name }: NamedPlace): string =>
  name === workspace ? `${workspace} (${platform})` : `${name} (${platform} ${workspace})`;

/** Names the place of a subject `platform:workspace`; older subjects hold the platform alone. */
async function placeOf({ db, forumId }: Parameters<PostType['view']>[0], subject: string): Promise<string> {
  const [platform = '', workspace] = subject.split(':');
  const found = workspace === undefined ? null : await placeByKey(db, forumId, { platform, workspace });
  return found ? placeText(found) : platform;
}

/** Another server or workspace asks to join: the coordinators are asked. */
const joinRequest: PostType = {
  keptCurrent: false,
  async view({ db, forumId, m }, subject) {
    const asked = await invitationByNumber(db, forumId, Number(subject));
    if (!asked?.platform || !asked.workspace || asked.admittedAt) return { suppressed: 'gone' };
    const { platform, workspace, placeName } = asked;
    const place = placeText({ platform, workspace, name: placeName ?? workspace });
    return view(m.forum.joinRequest({ name: asked.askedBy ?? m.core.somebody, place }), {
      tone: 'warning',
      blocks: [text(m.forum.joinRequestHint)],
      controls: [[button(m, 'admit', 'fa', { request: subject }, 'primary')]],
    });
  },
};

/** A place has left the forum: the coordinators elsewhere are told. */
const placeLeft: PostType = {
  keptCurrent: false,
  view: async (context, subject) => view(context.m.forum.placeLeft({ place: await placeOf(context, subject) })),
};

/** A place was put out of the forum from elsewhere: the other coordinators are told by whom. */
const placeRemoved: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const { m, db, forumId } = context;
    const [by = '', ...place] = subject.split(':');
    const member = await memberByNumber(db, forumId, Number(by));
    return view(m.forum.placeRemoved({ place: await placeOf(context, place.join(':')) }), {
      blocks: [text(m.forum.coordinatorBy({ name: member?.name ?? m.core.somebody }))],
    });
  },
};

/** A place was put out of the forum: the people there are told by whom, and how it comes back. */
const placePutOut: PostType = {
  keptCurrent: false,
  toThoseWhoLeft: true,
  async view({ m, db, forumId, forum }, subject) {
    const member = await memberByNumber(db, forumId, Number(subject.split(':')[0]));
    return view(m.forum.placePutOut({ name: forum.name }), {
      tone: 'warning',
      blocks: [text(m.forum.putOutHint({ by: member?.name ?? m.core.somebody }))],
    });
  },
};

/** The bot was let in again: all goes on where it was. */
const placeReturned: PostType = {
  keptCurrent: false,
  view: async ({ m, forum }, subject) =>
    view(m.forum.placeReturned({ platform: subject }), {
      blocks: [text(m.forum.placeReturnedHint({ name: forum.name }))],
    }),
};

export const placeSubjects = {
  join_request: joinRequest,
  place_left: placeLeft,
  place_removed: placeRemoved,
  place_put_out: placePutOut,
  place_returned: placeReturned,
};
