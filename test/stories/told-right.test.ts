import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Act } from '../../src/contract/act.ts';
import type { Control } from '../../src/contract/view.ts';
import { contextIn } from '../../src/delivery/compose.ts';
import { postTypes } from '../../src/views/post-types.ts';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup "Forum Uji" announce:umum coordinators:koor',
  ...['A', 'B', 'C'].flatMap(name => [
    `/partner add ${name}`,
    `/partner assign r${name} partner:${name} role:representative`,
  ]),
];

describe.each(databases)('what is told, on $name', ({ open }) => {
  it('R16: the reasons of a secret vote stand in the order of their words, not of casting', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/strategy propose Usul change:x rationale:y closes:2d secret:yes');
    for (const [name, reason] of Object.entries({ rC: 'zebra', rA: 'mangga', rB: 'anggrek' }))
      await world.all(`@${name} /strategy vote S-1 object reason:${reason}`);
    const told = (await world.run(':skip 3d')).posts.map(post => post.text).join('\n');
    const shown = `${told}\n${(await world.run('/strategy show S-1')).text}`;
    expect(shown.match(/anggrek|mangga|zebra/g)!.slice(0, 3)).toEqual(['anggrek', 'mangga', 'zebra']);
  });

  it('R20: a private issue leaves no more than a gap in the numbers, and PRIVACY.md says so', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/issue raise Saluran', '@rA /issue raise Rahasia private:yes', '/issue raise Sirene');
    const list = (await world.run('@rB /issue list')).text;
    expect([/I-1/.test(list), /I-2|Rahasia/.test(list), /I-3/.test(list)]).toEqual([true, false, true]);
    const privacy = readFileSync(new URL('../../PRIVACY.md', import.meta.url), 'utf8');
    for (const words of ['celah dalam nomor', 'a gap in the numbers']) expect(privacy).toContain(words);
  });

  it('W14: overdue reports come to the coordinators in one notice, and publicly in no post of their own', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/indicator add Air frequency:monthly partner:"A, B, C"');
    const { posts } = await world.run(':skip 35d');
    const late = posts.filter(post => post.text.includes('N-1') && /terlambat|tenggat/i.test(post.text));
    expect(late.filter(post => post.to === '#umum')).toEqual([]);
    const notices = late.filter(post => post.to === '#koor');
    expect(notices.length).toBe(new Set(notices.map(post => post.text)).size);
    for (const name of ['A', 'B', 'C'])
      expect(notices.map(post => post.text).join('\n')).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it('W21, W22: what asks for attention bears no tick, and the buttons of a ballot favour no choice', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/issue raise Tanggul severity:critical', '/strategy propose Usul rationale:y closes:3d');
    const { posts } = await world.run('/issue escalate I-1 reason:"Air naik"');
    const asked = posts.find(post => post.to === '#koor')!.text;
    expect(asked).toContain('I-1');
    expect(asked).not.toMatch(/^\W*✔/);
    const [forum] = await world.store.read.select().from(world.store.tables.forums);
    const known = { forum: forum!, member: null, place: null, standing: null };
    const delivery = { channel: 'umum', member: null, due: world.clock.now() };
    const context = contextIn(world.store, known, delivery, world.clock.now())!;
    const ballot = await postTypes.ballot!.view(context, '1');
    const controls: Control[] = 'controls' in ballot ? ballot.controls.flat() : [];
    const styles = controls.flatMap(one => (one.kind === 'button' && one.does.action !== 'ss' ? [one.style] : []));
    expect(styles.length).toBeGreaterThan(2);
    expect(new Set(styles)).toEqual(new Set(['plain']));
  });

  it('W24: only what a mutation can act on is offered while one types; what it cannot may still be named', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/activity log Gladi',
      '/activity plan Rapat date:2026-12-01',
      '/issue raise Saluran',
      '/issue raise Sirene',
      '/issue resolve I-1 resolution:bersih',
      '/strategy propose Usul rationale:y closes:3d',
      '/strategy withdraw S-1 reason:keliru',
      '/strategy propose Lagi rationale:y closes:3d',
    );
    const offered = async (line: string, option: string) => {
      const path = line.split(' ');
      const act: Act = {
        key: 's',
        place: { platform: 'console', workspace: 'local', channel: null },
        who: { account: 'sari', home: '', name: 'sari', admin: true },
        ask: { kind: 'chosen', path, given: {} },
        memberOf: () => null,
        channelOf: () => null,
      };
      return (await world.bot.suggest(act, option, '')).map(one => one.value);
    };
    expect(await offered('activity done', 'activity')).toEqual(['K-2']);
    expect((await offered('activity show', 'activity')).sort()).toEqual(['K-1', 'K-2']);
    expect(await offered('issue resolve', 'issue')).toEqual(['I-2']);
    expect(await offered('issue reopen', 'issue')).toEqual(['I-1']);
    expect(await offered('strategy vote', 'strategy')).toEqual(['S-2']);
    expect((await world.run('/activity done K-1')).error?.code).toBe('closed');
  });
});
