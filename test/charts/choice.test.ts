import { expect, it } from 'vitest';
import type { View } from '../../src/contract/view.ts';
import { aWorld } from '../world.ts';

const VOTE = [
  '/strategy propose Sirene change:x rationale:x basis:member quorum:1 urgent:uji closes:3d',
  '/strategy vote S-1 agree',
  '/strategy close S-1 reason:"Semua memilih"',
];

it('a forum may choose words alone: answers and posts tell what their pictures would have shown', async () => {
  await using world = await aWorld();
  const seen: View[] = [];
  const { bot, adapter } = world;
  const [perform, send] = [bot.perform.bind(bot), adapter.send.bind(adapter)];
  bot.perform = async act => {
    const answer = await perform(act);
    if (answer.kind === 'view') seen.push(answer.view);
    return answer;
  };
  adapter.send = post => {
    seen.push(post.view);
    return send(post);
  };
  const pictures = () => seen.splice(0).flatMap(view => view.blocks.filter(block => block.kind === 'picture'));
  await world.all('/forum setup Uji announce:umum', ...VOTE, '/strategy show S-1');
  // Answer, ballot, outcome, and looked up again.
  const shown = pictures();
  expect(shown.length).toBeGreaterThanOrEqual(4);
  const [words] = shown.map(block => block.alt);
  await world.all('/forum settings pictures:no');
  const again = VOTE.map(line => line.replace('S-1', 'S-2'));
  const [, , , told] = await world.all(...again, '/strategy show S-1');
  expect(pictures()).toEqual([]);
  expect(told).toContain(words);
  expect((await world.all('/forum show')).join()).toContain('kata dan angka saja');
});
