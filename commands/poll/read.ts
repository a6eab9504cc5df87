import { paging, query } from '../../src/bot/command.ts';
import { entity } from '../../src/bot/references.ts';
import { textFile, view } from '../../src/contract/view.ts';
import { showsTally } from '../../src/domain/polls/showing.ts';
import { countNow, listPolls, optionsOf, pollSource } from '../../src/domain/polls/store.ts';
import { hasVoted } from '../../src/domain/strategies/ballots.ts';
import { voterOf } from '../../src/domain/strategies/electorate.ts';
import { PAGE } from '../../src/views/paging.ts';
import { pollCard, pollList } from '../../src/views/poll.ts';
import { roundBlocks } from '../../src/views/poll-count.ts';
import { pollCsv } from '../../src/views/poll-record.ts';
import { code, thePoll } from './common.ts';

export const list = query({
  id: 'jl',
  name: 'list',
  words: m => m.poll.command.list,
  who: 'member',
  options: { before: paging(entity(pollSource)) },
  run: async (ctx, { before }) => pollList(ctx, await listPolls(ctx.db, ctx.forumId, { before: before?.number }, PAGE)),
});

export const show = query({
  id: 'js',
  name: 'show',
  words: m => m.poll.command.show,
  who: 'member',
  options: thePoll,
  async run(ctx, { poll }) {
    const voter = await voterOf(ctx.db, poll, ctx.actor.member);
    const viewer = { hasVoted: voter !== null && (await hasVoted(ctx.db, poll, voter.unit)) };
    const card = await pollCard(ctx, poll, undefined, viewer);
    if (!showsTally(poll, viewer.hasVoted)) return card;
    const options = await optionsOf(ctx.db, poll);
    const rounds = roundBlocks(ctx, poll, options, poll.count ?? (await countNow(ctx.db, poll)));
    return { ...card, blocks: [...card.blocks, ...rounds.filter(block => block !== null)] };
  },
});

export const exported = query({
  id: 'jz',
  cost: 5,
  name: 'export',
  words: m => m.poll.command.export,
  who: 'member',
  options: thePoll,
  async run(ctx, { poll }) {
    const title = ctx.m.poll.exported({ code: code(poll) });
    const voter = await voterOf(ctx.db, poll, ctx.actor.member);
    const voted = voter !== null && (await hasVoted(ctx.db, poll, voter.unit));
    const content = await pollCsv(ctx, poll, showsTally(poll, voted));
    return view(title, { blocks: [textFile(`${code(poll)}.csv`, 'text/csv', content, title)] });
  },
});
