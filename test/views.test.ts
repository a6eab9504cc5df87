import { describe, expect, it } from 'vitest';
import { lifeIn } from './life.ts';
import { aWorld } from './world.ts';

describe.each(['id', 'en'])('in %s', locale => {
  it('every command answers in whole sentences, and every action is used', async () => {
    await using world = await aWorld();
    const used = new Set<string>();
    const texts: string[] = [];
    for (const typed of lifeIn(locale)) {
      const result = await world.run(typed);
      expect([typed, result.ok, result.text]).toEqual([typed, true, result.text]);
      texts.push(result.text, ...result.posts.map(post => post.text));
      const words = /\/(\S+) ?(\S*)/.exec(typed);
      const found = words && world.bot.registry.find([words[1]!, words[2]!]);
      if (found?.kind === 'action') used.add(found.action.id);
    }
    const all = world.bot.registry.commands.flatMap(command => command.actions.map(action => action.id));
    // These need a second place or account, a message that failed or a file that was handed in: test/stories/places.test.ts,
    // links.test.ts, imports.test.ts and test/platforms/files.test.ts have them. Buttons alone open the forms of a draft and of what was left out.
    // Only buttons lead to the answers to a question about doubles, which are pressed in the life above.
    // What an agency's alert asks stands in test/feeds.
    expect(all.filter(id => !used.has(id))).toEqual([
      'kj',
      'kx',
      'nq',
      'nk',
      'ny',
      'nz',
      'bj',
      'bg',
      'rz',
      'uk',
      'uq',
      'gk',
      'gx',
      'pk',
      'px',
      'xa',
      'fj',
      'fa',
      'fx',
      'fo',
      'fao',
      'fad',
      'mi',
      'mj',
      'mc',
      'mb',
      'mv',
      'mu',
      'rf',
      'mg',
    ]);
    for (const text of texts) expect(text).not.toMatch(/undefined|\[object|NaN|null|Invalid Date/);
    expect(world.logged).toEqual([]);
  });
});
