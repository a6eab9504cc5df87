import type { WriteContext } from '../../src/bot/act-context.ts';
import { mutation, required } from '../../src/bot/command.ts';
import { line } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { text, type View, view } from '../../src/contract/view.ts';
import { addOption, answerCandidacy, MAXIMUM_OPTIONS, optionsOf, type Poll } from '../../src/domain/polls/store.ts';
import { t } from '../../src/language/text.ts';
import { pollCard } from '../../src/views/poll.ts';
import { optionLabel } from '../../src/views/poll-count.ts';
import { changed, code, mayBeChanged, refuse, thePoll } from './common.ts';
import { askCandidates } from './create.ts';
import { refuseRole } from './follow.ts';
import { checkOptions, readOptions } from './options.ts';

export const add = mutation({
  id: 'ja',
  name: 'add',
  words: m => m.poll.command.add,
  who: 'member',
  options: { ...thePoll, option: required(line({ max: 700 })) },
  async run(ctx, { poll, option: typed }) {
    refuse(ctx, poll, mayBeChanged(poll, ctx.now));
    const { adding, kind } = poll.rule;
    if (kind === 'check' || adding === null || ctx.now >= new Date(adding)) refuse(ctx, poll, { why: 'no_adding' });
    const before = await optionsOf(ctx.db, poll);
    const more = await readOptions(ctx, typed, kind, 'option');
    if (before.length + more.length > MAXIMUM_OPTIONS) throw new Refusal('limit', m => m.poll.no.full);
    checkOptions([...before, ...more], 1);
    const added = [];
    for (const one of more) added.push(await addOption(ctx.tx, poll, one, ctx.actor.member));
    const names = added.map(one => optionLabel(ctx, poll, one)).join('; ');
    await changed(ctx, poll, 'added', { options: added.map(one => one.option) });
    await askCandidates(ctx, poll, before.length + 1);
    return pollCard(ctx, poll, ctx.m.poll.added({ code: code(poll), option: names }));
  },
});

/** Records what a candidate says about standing; declining is possible until the close. */
async function answer(ctx: WriteContext, poll: Poll, state: 'listed' | 'declined'): Promise<View> {
  refuse(ctx, poll, mayBeChanged(poll, ctx.now));
  const mine = ctx.actor.numbers;
  const option = (await optionsOf(ctx.db, poll)).find(one => one.candidate !== null && mine.includes(one.candidate));
  if (!option) refuse(ctx, poll, { why: 'not_candidate' });
  if (option!.state !== state) {
    await answerCandidacy(ctx.tx, option!, state);
    await changed(ctx, poll, state === 'listed' ? 'accepted' : 'declined', { option: option!.option });
  }
  return view(ctx.m.poll.candidacy[state]({ code: code(poll) }), {
    tone: 'good',
    blocks: [text(t`${code(poll)} ${poll.title}`)],
  });
}

export const accept = mutation({
  id: 'jy',
  name: 'accept',
  words: m => m.poll.command.accept,
  who: 'member',
  options: thePoll,
  run: (ctx, { poll }) => answer(ctx, poll, 'listed'),
});

export const decline = mutation({
  id: 'jn',
  name: 'decline',
  words: m => m.poll.command.decline,
  who: 'member',
  options: thePoll,
  // After the close it is the role that is declined.
  run: (ctx, { poll }) => (poll.outcome === 'decided' ? refuseRole(ctx, poll) : answer(ctx, poll, 'declined')),
});
