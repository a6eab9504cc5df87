import { expect, it } from 'vitest';
import { renderView as onDiscord } from '../../adapters/discord/render.ts';
import { renderView as onSlack } from '../../adapters/slack/render.ts';
import { aWorld } from '../world.ts';

const all = (value: unknown): string => JSON.stringify(value);

it('W7: a proposal of 2,000 + 2,000 characters keeps state, rule, quorum, tally and buttons, and is read on whole', async () => {
  await using world = await aWorld();
  await world.all('/forum setup Uji', '/partner add BPBD', '/partner assign sari partner:BPBD role:representative');
  const change = `Mulai ${'perubahan '.repeat(195)} ujung`;
  const rationale = `Mulai ${'alasannya '.repeat(195)} ujung`;
  await world.all(`/strategy propose Panjang change:"${change}" rationale:"${rationale}" closes:7d`);
  const who = { account: 'sari', home: '', name: 'sari', admin: false };
  const place = { platform: 'console', workspace: 'local', channel: 'console' } as const;
  const perform = async (line: string) => {
    const ask = { kind: 'typed', line } as const;
    const answer = await world.bot.perform({ key: line, place, who, ask, memberOf: () => null, channelOf: () => null });
    if (answer.kind !== 'view') throw new Error(answer.kind);
    return answer.view;
  };
  const view = await perform('/strategy show S-1');
  for (const shown of [all(onDiscord(view, world.bot.registry)), all(onSlack(view, world.bot.registry))]) {
    for (const word of [
      'Keadaan',
      'Aturan',
      'Kuorum',
      'Sudah memilih',
      'Suara:',
      'Setuju',
      'Baca lengkap',
      'perubahan',
      'alasannya',
    ])
      expect(shown).toContain(word);
    expect(shown).not.toContain('ujung');
  }
  const read: string[] = [];
  for (let page = 1; page <= 4; page++) read.push(all((await perform(`/me read S-1 page:${page}`)).blocks));
  expect(read.filter(one => one.includes('ujung'))).toHaveLength(2);
  expect(read.join('').match(/perubahan/g)!.length).toBeGreaterThanOrEqual(195);
});
