import { mainOptional, mutation } from '../../src/bot/command.ts';
import { CHOOSE_FORUM } from '../../src/bot/direct.ts';
import { accountOf } from '../../src/bot/identify.ts';
import { line } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { text, view } from '../../src/contract/view.ts';
import { meanDirectly } from '../../src/domain/people.ts';
import { sameName } from '../../src/storage/words.ts';

/** Says which forum is meant in direct messages; a person who is in one alone need not. */
export const chooseForum = mutation({
  id: CHOOSE_FORUM,
  name: 'forum',
  words: m => m.me.command.forum,
  who: 'member',
  options: { forum: mainOptional(line()) },
  async run(ctx, { forum }) {
    const { id, name } = ctx.forum;
    if (forum !== undefined && forum !== id && !sameName(forum, name))
      throw new Refusal('not_found', m => m.me.otherForum, { option: 'forum' });
    await meanDirectly(ctx.tx, id, accountOf(ctx.place, ctx.identity), ctx.place.actedAt ?? ctx.now);
    return view(ctx.m.me.forumChosen({ name }), { tone: 'good', blocks: [text(ctx.m.me.forumChosenHint)] });
  },
});
