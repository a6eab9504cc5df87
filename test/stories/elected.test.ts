import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';

/** Elections whose candidates leave, are forgotten or change their accounts, before the close and after it. */
describe.each(databases)('what becomes of candidates and of the elected, on $name', ({ open }) => {
  async function forum(...names: string[]) {
    const world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup Uji announce:umum coordinators:koor locale:english',
      ...names.map(one => `@${one} /me show`),
    );
    return Object.assign(world, { code: async (line: string) => (await world.run(line)).error?.code });
  }

  it('candidates who left or were forgotten are elected by nobody, and those who voted for them can go on', async () => {
    await using world = await forum('ani', 'budi', 'cici');
    await world.all(
      '/poll create New options:"ani; budi; cici" kind:election closes:2d',
      ...['ani', 'budi', 'cici'].map(one => `@${one} /poll accept J-1`),
      '/poll vote J-1 "2 > 1"',
      '@cici /poll vote J-1 "3"',
      '@ani /poll vote J-1 "1"',
      '@budi /poll decline J-1',
      '/poll tick J-1 part:r0 choice:3',
      '@ani /me forget confirm:yes',
    );
    expect((await world.all('/poll ballot J-1'))[0]).toContain('> cici');
    expect(await world.code('@cici /poll vote J-1 "1 > 3"')).toBe('invalid_option');
    await world.all(':skip 2d');
    const [shown] = await world.all('/poll show J-1');
    expect(shown).toContain('Result: cici');
    expect(shown).not.toContain('ani');
    // Forgotten after the close: there is nobody to ask.
    await world.all('@cici /me forget confirm:yes');
    expect(await world.code('/poll follow J-1 role:coordinator')).toBe('conflict');
  });

  it('a forgotten candidate changes no poll that is over, counted or not, and wins no tie of the chair', async () => {
    await using world = await forum('ani', 'budi', 'cici');
    const { polls, pollOptions } = world.store.tables;
    const poll = async (number: number) =>
      (await world.store.read.select().from(polls)).find(one => one.number === number)!;
    const voters = ['ani', 'budi', 'cici'];
    for (const [number, method] of [
      [1, 'stv'],
      [2, 'approval'],
    ] as const)
      await world.all(
        `/poll create New${number} options:"ani; budi; cici" kind:election method:${method} tie:chair closes:2d`,
        ...voters.map(one => `@${one} /poll accept J-${number}`),
        ...voters.slice(0, 4 - number).map(one => `@${one} /poll vote J-${number} ${one}`),
      );
    expect((await world.run('/poll close J-1')).text).toContain('State: tied');
    // The other one is over, and the bot has not come to count it.
    await world.store.write(null, tx => tx.update(polls).set({ closesAt: START }).where(eq(polls.number, 2)));
    await world.all('@ani /me forget confirm:yes');
    expect(new Set((await world.store.read.select().from(pollOptions)).map(one => one.state))).toEqual(
      new Set(['listed']),
    );
    await world.all(':skip 2d');
    // The forgotten one leaves first; of the others the chair chooses freely who leaves.
    expect((await poll(1)).count!.ties.at(-1)).toMatchObject({ tied: [1, 2, 3], to: 'leave' });
    expect(await world.code('/poll decide J-1 option:2')).toBe('invalid_option');
    await world.all('/poll decide J-1 option:1', '/poll decide J-1 option:3');
    expect((await poll(1)).count).toMatchObject({ winners: [2] });
    expect((await poll(2)).count!.ties.at(-1)).toMatchObject({ tied: [1, 2], to: 'win' });
    expect((await world.run('/poll show J-2')).text).toContain('Who wins?: [2. budi]');
    expect(await world.code('/poll decide J-2 option:1')).toBe('invalid_option');
    await world.all('/poll decide J-2 option:2');
    expect((await poll(2)).count).toMatchObject({ winners: [2] });
  });

  it('a tie of people who were all forgotten leaves the coordinators the way to a new poll', async () => {
    await using world = await forum('ani', 'budi');
    await world.all(
      '/poll create New options:"ani; budi" kind:election method:approval tie:chair closes:1d',
      ...['ani', 'budi'].map(one => `@${one} /poll accept J-1`),
      ...['ani', 'budi'].map(one => `@${one} /poll vote J-1 ${one}`),
      '/poll close J-1',
      ...['ani', 'budi'].map(one => `@${one} /me forget confirm:yes`),
    );
    const { text } = await world.run('/poll show J-1');
    expect(text).not.toContain('Who wins?');
    expect(text).toContain('[Hold a new poll]');
  });

  it('the elected whose accounts became one is asked, takes the role as who was kept, and only the asked are named', async () => {
    await using world = await forum('ani', 'ani2', 'budi', 'cici');
    await world.all(
      '/partner add A sector:ngo',
      '/partner assign ani partner:A role:member',
      '/poll create New options:"ani2; budi; cici" kind:election seats:2 closes:1d',
      ...['ani2', 'budi', 'cici'].map(one => `@${one} /poll accept J-1`),
      '@cici /poll vote J-1 "ani2 > budi"',
      '@budi /poll vote J-1 "budi > ani2"',
      ':skip 1d',
    );
    const shown = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await world.run('@ani /me link')).text)![0];
    await world.all(`@ani2 /me link ${shown}`, '@ani2 /me claim request:1', '@ani /me same request:1');
    await world.all('/me vouch request:1', '@budi /me forget confirm:yes');
    const { members } = world.store.tables;
    const all = () => world.store.read.select().from(members);
    const gone = (await all()).filter(one => one.forgottenAt);
    expect(gone).toHaveLength(2);
    const { text, posts } = await world.run('/poll follow J-1 role:coordinator');
    expect(text).toContain('ani2');
    expect(text).not.toContain('#');
    expect(posts.filter(one => one.text.includes('I agree'))).toHaveLength(1);
    await world.all('@ani :click "I agree to it"');
    expect((await all()).find(one => one.coordinator && one.name === 'ani')).toBeDefined();
    // The card knows her by the account that was kept.
    expect((await world.run('/poll show J-1')).text).toMatch(/\bani\b/);
  });

  it('whoever is elected and does not want the role says so by a button, and the coordinators are told', async () => {
    await using world = await forum('ani', 'budi');
    await world.all(
      '/poll create New options:"ani; budi" kind:election closes:1d',
      '@ani /poll accept J-1',
      '@budi /poll vote J-1 ani',
      ':skip 1d',
      '/poll follow J-1 role:coordinator',
    );
    expect(await world.code('@budi :click "I do not agree"')).toBe('conflict');
    expect(await world.code('@budi /poll decline J-1')).toBe('conflict');
    const { posts } = await world.run('@ani :click "I do not agree"');
    expect(posts.find(one => one.to === '#koor')?.text).toContain('ani does not agree');
    expect(await world.code('@ani :click "I agree to it"')).toBe('conflict');
    expect(await world.code('@ani /poll decline J-1')).toBe('conflict');
    expect((await world.all('/poll show J-1'))[0]).toContain('Did not agree: ani');
  });
});
