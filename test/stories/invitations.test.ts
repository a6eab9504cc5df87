import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup Uji announce:umum',
  '/partner add A sector:government',
  '/partner add B sector:ngo',
  '/partner assign ani partner:A role:representative',
  '/partner assign budi partner:B role:representative',
  '@cici /activity list',
  '@dodi /activity list',
  '@ani /activity plan Rapat date:"1/12/2026 13.00-15.00" partners:A',
];

describe.each(databases)('an invitation on $name', ({ open }) => {
  it('goes to partners and persons; seats are given in the order of the answers, and who waits moves up', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const invited = await world.run('@ani /activity invite K-1 partners:B members:"cici, dodi" seats:2');
    expect(
      invited.posts
        .map(post => post.to)
        .filter(to => to.startsWith('@'))
        .sort(),
    ).toEqual(['@cici', '@dodi']);
    expect((await world.run('@cici /activity attend K-1 answer:yes')).text).toContain('Anda hadir di K-1');
    await world.all(':skip 1m', '@budi /activity attend K-1 ya', ':skip 1m');
    expect((await world.run('@dodi /activity attend K-1 answer:yes')).text).toContain('daftar tunggu');
    const full = (await world.run('/activity show K-1')).text;
    for (const said of ['Kursi: 2 dari 2, menunggu 1', 'Yang hadir: cici, B\n', 'Daftar tunggu: dodi'])
      expect(full).toContain(said);
    const freed = await world.run('@cici /activity attend K-1 answer:no');
    expect(freed.posts.filter(post => post.to === '@dodi').map(post => post.text)[0]).toContain('Ada kursi untuk Anda');
    const moved = (await world.run('/activity show K-1')).text;
    expect(moved).toContain('Kursi: 2 dari 2\n');
    expect(moved).toContain('Yang hadir: B, dodi');
    expect((await world.run('@eka /activity attend K-1 answer:yes')).error?.code).toBe('forbidden');
    const { posts } = await world.run(':skip 8d');
    const reminded = posts.filter(post => post.to.startsWith('@') && /^(Besok|Sebentar lagi)/.test(post.text));
    expect(reminded.map(post => `${post.to} ${post.text.split(',')[0]}`).sort()).toEqual([
      '@ani Besok',
      '@ani Sebentar lagi',
      '@budi Besok',
      '@budi Sebentar lagi',
      '@dodi Besok',
      '@dodi Sebentar lagi',
    ]);
    expect(world.logged).toEqual([]);
  });

  it('names up to twelve who come, counts the others, and gives one seat to who answers twice', async () => {
    await using world = await aWorld({ store: await open() });
    const names = Array.from({ length: 13 }, (_, n) => `o${String.fromCharCode(97 + n)}`);
    await world.all(...FORUM, ...names.map(name => `@${name} /activity list`));
    const coming = async () => /^ *Yang hadir: (.*)$/m.exec((await world.run('/activity show K-1')).text)?.[1] ?? null;
    await world.all(`@ani /activity invite K-1 members:"${[...names, 'budi'].join(', ')}" partners:B seats:20`);
    expect(await coming()).toBe(null);
    const say = (name: string) => world.all(`@${name} /activity attend K-1 answer:yes`, ':skip 1m');
    for (const name of names.slice(0, 12)) await say(name);
    expect(await coming()).toBe(names.slice(0, 12).join(', '));
    await say(names[12]!);
    expect(await coming()).toBe(`${names.slice(0, 12).join(', ')}, dan 1 lainnya`);
    await world.all('@budi /activity attend K-1 answer:yes');
    expect((await world.run('/activity show K-1')).text).toContain('Kursi: 14 dari 20');
    expect(world.logged).toEqual([]);
  });

  it('of somebody who has their data forgotten frees the seat for who waits', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '@ani /activity invite K-1 members:"cici, dodi" seats:1',
      '@cici /activity attend K-1 answer:yes',
      ':skip 1m',
      '@dodi /activity attend K-1 answer:yes',
    );
    expect((await world.run('/activity show K-1')).text).toContain('Kursi: 1 dari 1, menunggu 1');
    await world.all('@cici /me forget confirm:yes');
    const shown = (await world.run('/activity show K-1')).text;
    expect(shown).toContain('Kursi: 1 dari 1');
    expect(shown).not.toContain('menunggu');
  });

  it('is apart from attendance, which those in the room note by the code that is said there', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const [sign] = /\b[0-9A-Z]{4}-?[0-9A-Z]{2}\b/.exec((await world.run('@ani /activity code K-1')).text)!;
    expect((await world.run(`@budi /activity attend K-1 code:${sign}`)).error?.code).toBe('closed');
    await world.all(':skip 7d', ':skip 4h');
    expect((await world.run('@budi /activity attend K-1 code:ZZZZZZ')).error?.code).toBe('invalid_option');
    expect((await world.run(`@budi /activity attend K-1 code:${sign.toLowerCase()}`)).text).toContain('tercatat');
    await world.all(`@cici /activity attend K-1 code:${sign}`);
    await world.all('@ani /activity done K-1');
    const shown = (await world.run('/activity show K-1')).text;
    expect(shown).toContain('Perorangan: datang 2: budi, cici');
    expect(world.logged).toEqual([]);
  });
});

describe.each(databases)('two accounts of one invited person on $name', ({ open }) => {
  it('have the invitation, the seat and the addresses of the calendar in common once they are linked', async () => {
    await using world = await aWorld({ store: await open() });
    const codeIn = (text: string): string => /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)![0];
    await world.all(
      ...FORUM,
      '@ani /activity invite K-1 members:"dodi" seats:1',
      '@dodi /activity attend K-1 answer:yes',
      '@dodi /calendar link',
    );
    const code = codeIn((await world.run('@cici /me link')).text);
    await world.all(`@dodi /me link ${code}`, '@dodi :click "Ya, akun saya"', '@cici :click "Ya, itu saya"');
    await world.all('/me vouch request:1');
    expect((await world.run('/activity show K-1')).text).toContain('Kursi: 1 dari 1');
    expect((await world.run('@cici /activity attend K-1 answer:no')).text).toContain('K-1');
    expect((await world.run('/activity show K-1')).text).toContain('Kursi: 0 dari 1');
    const { calendarTokens } = world.store.tables;
    await world.all('@cici /calendar revoke');
    const tokens = await world.store.read.select().from(calendarTokens);
    expect(tokens.map(one => one.revokedAt !== null)).toEqual([true]);
    expect(world.logged).toEqual([]);
  });
});
