import { paging, query } from '../../src/bot/command.ts';
import { whole } from '../../src/bot/kinds.ts';
import { listMembers } from '../../src/domain/member-list.ts';
import { memberList } from '../../src/views/members.ts';
import { PAGE } from '../../src/views/paging.ts';

export const members = query({
  id: 'fb',
  name: 'members',
  words: m => m.forum.command.members,
  who: 'member',
  options: { after: paging(whole({ min: 1 })) },
  run: async (ctx, { after = 0 }) => memberList(ctx, await listMembers(ctx.db, ctx.forumId, after, PAGE)),
});
