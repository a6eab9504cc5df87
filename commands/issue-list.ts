import { area } from '../src/bot/area-kind.ts';
import { mainOptional, optional, paging, query } from '../src/bot/command.ts';
import { choice } from '../src/bot/kinds.ts';
import { entity } from '../src/bot/references.ts';
import { issueSource, listIssues, OPEN } from '../src/domain/issues/store.ts';
import { issueList } from '../src/views/issue.ts';
import { PAGE } from '../src/views/paging.ts';

const FILTERS = ['open', 'new', 'in_progress', 'waiting', 'resolved', 'closed', 'all'] as const;

/** The issues in sight, page by page. */
export const list = query({
  id: 'il',
  name: 'list',
  words: m => m.issue.command.list,
  who: 'member',
  options: {
    status: mainOptional(choice(FILTERS, m => m.issue.filters)),
    before: paging(entity(issueSource)),
    area: optional(area()),
  },
  async run(ctx, { status = 'open', before, area: within }) {
    const states = status === 'all' ? undefined : status === 'open' ? OPEN : [status];
    const page = await listIssues(ctx, { states, before: before?.number, area: within }, PAGE);
    return issueList(ctx, page, { status, ...(within && { area: within.code }) });
  },
});
