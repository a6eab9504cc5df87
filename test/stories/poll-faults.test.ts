import { describe, expect, it } from 'vitest';
import { CONSOLE } from '../../src/app/app.ts';
import type { Given } from '../../src/contract/act.ts';
import { pollByNumber } from '../../src/domain/polls/store.ts';
import { databases } from '../databases.ts';
import { fc } from '../properties.ts';
import { aWorld } from '../world.ts';

/** The faults that polls of others have, each by its number in the survey of them. */
describe.each(databases)('what goes wrong with polls elsewhere, on $name', ({ open }) => {
  async function forum(...names: string[]) {
    const world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup Uji announce:umum coordinators:koor locale:english',
      ...names.map(one => `@${one} /me show`),
    );
    const { pollBallots } = world.store.tables;
    const inForce = async () =>
      (await world.store.read.select().from(pollBallots)).filter(one => one.inForce).map(one => one.choice);
    return Object.assign(world, { inForce, code: async (line: string) => (await world.run(line)).error?.code });
  }

  const press = (world: Awaited<ReturnType<typeof forum>>, name: string, invocation: string, given?: Given) =>
    world.bot.perform({
      key: `${name}:${invocation}`,
      place: { platform: 'console', workspace: CONSOLE, channel: 'console' },
      who: { account: name, home: '', name, admin: false },
      ask: { kind: 'pressed', invocation, ...(given && { given }) },
      memberOf: () => null,
      channelOf: () => null,
    });

  it('3.1c, d: clicks at the same moment leave one ballot each, and none is lost', async () => {
    const names = Array.from({ length: 10 }, (_, i) => `m${i}`);
    await using world = await forum(...names);
    await world.all('/poll create T options:"x; y" closes:1d');
    const answers = await Promise.all(
      names.flatMap(name => ['1', '2'].map(choice => press(world, name, `1.jv.J-1.${choice}`))),
    );
    expect(answers.map(one => one.kind)).toEqual(answers.map(() => 'view'));
    expect(await world.inForce()).toHaveLength(names.length);
    expect(await world.store.read.select().from(world.store.tables.pollBallots)).toHaveLength(2 * names.length);
  });

  it('3.1h: one person under two accounts has one ballot, and is one of the electorate', async () => {
    await using world = await forum('ani', 'budi');
    const shown = (await world.all('/poll create T options:"x; y" secret:yes closes:3d'))[0]!;
    expect(shown).toContain('0 of 3');
    await world.all('@ani /poll vote J-1 x', '@budi /poll vote J-1 y');
    const { countOnce } = await import('../../src/domain/strategies/one-person.ts');
    const forumId = (await world.store.read.select().from(world.store.tables.forums))[0]!.id;
    const members = await world.store.read.select().from(world.store.tables.members);
    const [ani, budi] = ['ani', 'budi'].map(name => members.find(one => one.name === name)!.number);
    const { twice, cut } = await world.store.write(forumId, tx => countOnce(tx, forumId, ani!, budi!));
    expect(twice).toEqual([{ thing: 'poll', number: 1 }]);
    expect(cut.polls?.electors).toHaveLength(1);
    await world.all(':skip 3d');
    const poll = (await pollByNumber(world.store.read, forumId, 1))!;
    expect(poll.count).toMatchObject({ electorate: 2, voted: 1, winners: [1] });
  });

  it('3.1g, 3.2: what is over stays; a vote at the second of the close is late, however late the bot counts', async () => {
    await using world = await forum('ani');
    await world.all('/poll create T options:"x; y" closes:1d', '@ani /poll vote J-1 x', ':skip 1d');
    expect(await world.code('@ani /poll vote J-1 y')).toBe('closed');
    expect(await world.code('@ani /poll unvote J-1')).toBe('closed');
    expect(await world.code('/poll extend J-1 closes:5d')).toBe('closed');
    expect(await world.code('/poll close J-1')).toBe('closed');
    expect(await world.code('/poll withdraw J-1 reason:x')).toBe('closed');
    expect(await world.inForce()).toEqual(['1']);
  });

  it('3.2: a short poll reminds too; an extended one reminds again, and only those who have not voted', async () => {
    await using world = await forum('ani', 'budi');
    await world.all('/poll create T kind:check closes:2h', '@ani /poll vote J-1 agree');
    const told = (await world.run(':skip 70m')).posts.map(one => one.to);
    expect(told).toContain('@budi');
    expect(told).not.toContain('@ani');
    await world.all('/poll extend J-1 closes:1d');
    expect((await world.run(':skip 13h')).posts.map(one => one.to)).toContain('@budi');
    expect((await world.all('/poll show J-1'))[0]).toContain('State: open');
  });

  it('3.3: the electorate is frozen at the opening; a quorum counts who voted, and an abstention among them', async () => {
    await using world = await forum('ani', 'budi');
    await world.all('/poll create T kind:check quorum:2 closes:1d', '@late /me show');
    expect(await world.code('@late /poll vote J-1 agree')).toBe('forbidden');
    await world.all('@ani /poll vote J-1 agree', '@budi /poll vote J-1 abstain', ':skip 1d');
    expect((await world.all('/poll show J-1'))[0]).toMatch(/Have voted: 2 of 3.*Result: agree/s);
  });

  it('R1: digits that are one option’s number and another’s name are asked back; signs tell options apart', async () => {
    await using world = await forum('ani');
    await world.all('/poll create Pumps options:"2; 3; 4"', '/poll create Marks options:"A+; A-; a; 👍; 👎"');
    const refused = await world.run('@ani /poll vote J-1 choice:2');
    expect([refused.error?.code, refused.text]).toEqual(['ambiguous', expect.stringContaining('“2.”')]);
    expect(await world.inForce()).toEqual([]);
    const cast: (string | null | undefined)[] = [];
    for (const line of [
      '/poll vote J-1 choice:2.',
      '/poll vote J-1 choice:4',
      ':click 2',
      '/poll vote J-2 choice:A-',
    ]) {
      await world.all(`@ani ${line}`);
      cast.push((await world.inForce()).at(-1));
    }
    await world.all('@ani /poll vote J-2 choice:A');
    expect([...cast, (await world.inForce()).at(-1)]).toEqual(['2', '3', '1', '2', '3']);
    expect(await world.code('/poll create Twice options:"Village hall; village  hall."')).toBe('invalid_option');
  });

  it('R1: a button of an earlier version names its option by bare digits, also where options are called by digits', async () => {
    await using world = await forum('ani');
    await world.all('/poll create Pumps options:"2; 3; 4"');
    expect((await press(world, 'ani', '1.jv.J-1.2')).kind).toBe('view');
    expect(await world.inForce()).toEqual(['2']);
    // What was typed is asked back, also where a form or a menu of polls brings it.
    const typed = (value: string) => ({ typed: value });
    for (const answer of [
      await press(world, 'ani', '1.jv.J-1', { choice: typed('3') }),
      await press(world, 'ani', '1.jv..3', { poll: typed('J-1') }),
    ])
      expect(answer).toMatchObject({ kind: 'refused', code: 'ambiguous' });
  });

  it('R1: the way out of a doubtful number is read for several choices, and names that hold points are found', async () => {
    await using world = await forum('ani');
    const create = (title: string, options: string, more = '') =>
      world.all(`/poll create ${title} options:"${options}" kind:multiple ${more}`);
    await create('Pumps', '2; 3; 4');
    await create('Metres', '1.5; 2.5; 1, 2; 3.');
    const read: [number, string, string][] = [
      [1, '1., 3.', '1;3'],
      [1, '3.,1.', '1;3'],
      [1, '2.; 3.', '2;3'],
      [2, '1.5', '1'],
      [2, '2,5', '2'],
      [2, '1.5; 2.5', '1;2'],
      [2, '1, 2', '3'],
      [2, '1., 2.', '1;2'],
      [2, '1; 2', '1;2'],
      [2, '2., 4', '2;4'],
    ];
    for (const [poll, typed, choice] of read) {
      await world.all(`@ani /poll vote J-${poll} choice:"${typed}"`);
      expect([typed, (await world.inForce()).at(-1)]).toEqual([typed, choice]);
    }
    expect(await world.code('@ani /poll vote J-1 choice:"2, 3."')).toBe('ambiguous');
    const { text } = await world.run('@ani /poll vote J-1 choice:"2"');
    expect(text).toContain('“2.”.');
  });

  it('a quick check takes no more options, and lasts no longer than a week, however it is extended', async () => {
    await using world = await forum('ani');
    expect(await world.code('/poll create T kind:check adding:2h')).toBe('invalid_option');
    await world.all('/poll create T kind:check');
    // One of an earlier version allowed it.
    const { polls } = world.store.tables;
    await world.store.write(null, async tx => {
      const [poll] = await tx.select().from(polls);
      await tx.update(polls).set({ rule: { ...poll!.rule, adding: '2026-11-24T10:00:00.000Z' } });
    });
    expect(await world.code('@ani /poll add J-1 option:perhaps')).toBe('closed');
    expect(await world.code('/poll extend J-1 closes:8d')).toBe('invalid_option');
    await world.all('/poll extend J-1 closes:6d');
    expect(world.logged).toEqual([]);
  });

  it('R10, R11: a binding poll is ended before its time with a reason that is announced, and not without', async () => {
    await using world = await forum('ani');
    await world.all(
      '/partner add A sector:ngo',
      '/partner assign ani partner:A role:representative',
      '/poll create T options:"x; y" binding:yes closes:3d',
      '@ani /poll vote J-1 x',
    );
    expect(await world.code('/poll close J-1')).toBe('missing_option');
    const { posts } = await world.run('/poll close J-1 reason:"The river rises"');
    expect(posts.filter(one => one.to === '#umum').map(one => one.text.includes('The river rises'))).toContain(true);
  });

  it('3.1: any votes, re-votes and votes taken back stand as on paper, each kept', async () => {
    const names = ['ani', 'budi', 'cici'];
    await using world = await forum(...names);
    const act = fc.record({ who: fc.constantFrom(...names), choice: fc.constantFrom('1', '2', '3', null) });
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), fc.boolean(), async (script, secret) => {
        number++;
        await world.all(`/poll create T${number} options:"a; b; c" closes:1d${secret ? ' secret:yes' : ''}`);
        const paper = new Map<string, string>();
        for (const { who, choice } of script) {
          const line = choice === null ? `/poll unvote J-${number}` : `/poll vote J-${number} choice:${choice}`;
          const { ok } = await world.run(`@${who} ${line}`);
          expect(ok).toBe(choice !== null || paper.has(who));
          if (choice === null) paper.delete(who);
          else paper.set(who, choice);
        }
        await world.all(`/poll close J-${number}`);
        const forumId = (await world.store.read.select().from(world.store.tables.forums))[0]!.id;
        const count = (await pollByNumber(world.store.read, forumId, number))!.count!;
        const n = (option: string): number => [...paper.values()].filter(one => one === option).length;
        expect(count.scores.map(one => Number(one.score))).toEqual(['1', '2', '3'].map(n));
        expect(count.voted).toBe(paper.size);
      }),
      { numRuns: 12 },
    );
  });
});
