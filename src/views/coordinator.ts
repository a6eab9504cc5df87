import type { PostType } from '../contract/post-type.ts';
import { note, view } from '../contract/view.ts';
import { historyOf } from '../domain/audit.ts';
import { memberByNumber } from '../domain/people.ts';

/** Tells that a person was made a coordinator, or is none any more, and by whom. */
export const coordinatorChange: PostType = {
  keptCurrent: false,
  async view({ db, forumId, m }, subject) {
    const member = await memberByNumber(db, forumId, Number(subject));
    if (!member || member.forgottenAt) return { suppressed: 'gone' };
    const events = await historyOf(db, forumId, 'member', member.number);
    const last = events.findLast(one => one.kind.startsWith('coordinator.'));
    const by = last?.name;
    const byOperator = last?.data.by === 'operator';
    const w = m.forum;
    const { name } = member;
    return view(member.coordinator ? w.madeCoordinator({ name }) : w.removedCoordinator({ name }), {
      blocks: [byOperator ? note(w.coordinatorByOperator) : by ? note(w.coordinatorBy({ name: by })) : null],
    });
  },
};
