import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe.each(databases)('polls on $name', ({ open }) => {
  async function forum(...names: string[]) {
    const world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji announce:umum coordinators:koor locale:english');
    await world.all(...names.map(name => `@${name} /me show`));
    const code = async (line: string) => (await world.run(line)).error?.code;
    return Object.assign(world, { code });
  }

  it('one choice: voted by number, name and button, voted again, taken back, closed on time, and kept', async () => {
    await using world = await forum('ani', 'budi', 'cici', 'dedi');
    await world.all(
      '/poll create "Where to drill" options:"Hall; School; Field" closes:2d',
      '@ani /poll vote J-1 2',
      '@ani /poll vote J-1 choice:hall',
      '@budi :click School',
      '@cici /poll vote J-1 choice:3',
      '@cici /poll unvote J-1',
    );
    const [shown] = await world.all('@dedi /poll show J-1');
    expect(shown).toMatch(/1\. Hall █+ 1/);
    expect(shown).toContain('Have voted: 2 of 5');
    await world.all('@dedi /poll vote J-1 hall', ':skip 2d');
    expect(await world.code('@cici /poll vote J-1 hall')).toBe('closed');
    const [after] = await world.all('/poll show J-1');
    expect(after).toContain('State: decided');
    expect(after).toContain('Result: Hall');
    const ballots = await world.store.read.select().from(world.store.tables.pollBallots);
    expect(ballots.map(one => [one.choice, one.inForce])).toEqual([
      ['2', false],
      ['1', true],
      ['2', true],
      ['3', false],
      ['1', true],
    ]);
  });

  it('what cannot be cast is refused in words, changes nothing, and is kept to be mended', async () => {
    await using world = await forum('ani');
    await world
      .all(
        '/poll create A options:"x; y; z"',
        '/poll create B options:"x; y; z" kind:multiple max:2',
        '/poll create C options:"x; y; z" kind:ranking',
        '/poll create D options:"x; y" kind:points points:5',
        '/poll create E options:"x; y" basis:partner',
      )
      .catch(() => undefined);
    const wrong = async (line: string) => [await world.code(line), line];
    expect(await wrong('/poll vote J-1 choice:4')).toEqual(['invalid_option', expect.anything()]);
    expect(await wrong('/poll vote J-1 choice:"1; 2"')).toEqual(['invalid_option', expect.anything()]);
    expect(await wrong('/poll vote J-2 choice:"1; 2; 3"')).toEqual(['invalid_option', expect.anything()]);
    expect(await wrong('/poll vote J-3 choice:"1 > 2 > 1"')).toEqual(['invalid_option', expect.anything()]);
    expect(await wrong('/poll vote J-4 choice:"1=3; 2=3"')).toEqual(['invalid_option', expect.anything()]);
    expect(await wrong('/poll vote J-4 choice:"1=x"')).toEqual(['invalid_option', expect.anything()]);
    expect(await wrong('/poll create F options:"x; x"')).toEqual(['invalid_option', expect.anything()]);
    expect(await wrong('/poll create F options:x')).toEqual(['invalid_option', expect.anything()]);
    expect(await wrong('/poll create F options:"x; y" secret:yes results:live')).toEqual([
      'invalid_option',
      expect.anything(),
    ]);
    expect(await wrong('/poll create F options:"x; y" secret:yes results:voted')).toEqual([
      'invalid_option',
      expect.anything(),
    ]);
    expect(await wrong('/poll create F options:"x; y" method:irv')).toEqual(['invalid_option', expect.anything()]);
    expect(await wrong('/poll create F kind:check closes:30m')).toEqual(['invalid_option', expect.anything()]);
    expect(await wrong('@eka /poll vote J-1 choice:1')).toEqual(['forbidden', expect.anything()]);
    expect(await world.store.read.select().from(world.store.tables.pollBallots)).toEqual([]);
  });

  it('a ranking: instant runoff, round by round, and its record', async () => {
    await using world = await forum('a', 'b', 'c', 'd', 'e');
    await world.all(
      '/poll create R options:"Memphis; Nashville; Knoxville" kind:ranking method:irv closes:1d',
      '@a /poll vote J-1 "1 > 2 > 3"',
      '@b /poll vote J-1 "Memphis"',
      '@c /poll vote J-1 "2 > 3"',
      '@d /poll vote J-1 "3 > 2"',
      '@e /poll vote J-1 "nashville > memphis"',
      '/poll vote J-1 "3 > 2"',
      ':skip 1d',
    );
    const [shown] = await world.all('/poll show J-1');
    expect(shown).toContain('Rounds of the count:');
    expect(shown).toContain('1. Memphis 2, Nashville 2, Knoxville 2');
  });

  it('dates: best by who can come, holidays marked, and the plan made of it by a coordinator’s button', async () => {
    await using world = await forum('ani', 'budi');
    const [card] = await world.all(
      // A title that reads like a code is no hindrance to the plan.
      '/poll create "K-1" options:"24/12/2026; 25/12/2026; 28/12/2026 14:00" kind:date closes:2d',
    );
    expect(card).toMatch(/25 December 2026 \(.*holiday/i);
    await world.all(
      '@ani /poll vote J-1 choice:"1=yes; 3=maybe"',
      '@budi /poll vote J-1 choice:"1=maybe; 3=yes"',
      '/poll vote J-1 choice:"3=ya; 1=no"',
      ':skip 2d',
    );
    const [shown] = await world.all('/poll show J-1');
    expect(shown).toMatch(/3\. .* 3 \(2 yes, 1 if need be\) ✔/);
    expect(await world.code('@ani :click "Plan the activity"')).toBe('forbidden');
    await world.all(':click "Plan the activity"');
    const [plan] = await world.all('/activity show K-1');
    expect(plan).toContain('28');
    expect(await world.code('/poll follow J-1')).toBe('conflict');
    expect((await world.all('/poll show J-1'))[0]).toContain('K-1');
  });

  it('an election: candidates accept first, the ballot is secret, the elected agrees and coordinates', async () => {
    await using world = await forum('ani', 'budi', 'cici');
    await world.all('/poll create "New coordinator" options:"ani; budi" kind:election seats:1 closes:1d');
    expect(await world.code('@cici /poll vote J-1 ani')).toBe('invalid_option');
    expect(await world.code('@cici /poll accept J-1')).toBe('forbidden');
    await world.all(
      '@ani /poll accept J-1',
      '@budi /poll accept J-1',
      '@cici /poll vote J-1 "ani > budi"',
      '@budi /poll vote J-1 budi',
      '@ani /poll vote J-1 ani',
    );
    const [open_] = await world.all('@cici /poll show J-1');
    expect(open_).not.toMatch(/█/);
    await world.all('@budi /poll decline J-1', ':skip 1d', '/poll follow J-1 role:coordinator');
    const { members, pollSecretBallots, pollSecretVotes } = world.store.tables;
    const isCoordinator = async () =>
      (await world.store.read.select().from(members)).find(one => one.name === 'ani')?.coordinator;
    expect(await isCoordinator()).toBe(false);
    expect(await world.code('@budi /poll agree J-1')).toBe('conflict');
    await world.all('@ani :click "I agree to it"');
    expect(await isCoordinator()).toBe(true);
    expect(await world.store.read.select().from(pollSecretBallots)).toEqual([]);
    expect(await world.store.read.select().from(pollSecretVotes)).toHaveLength(3);
  });

  it('R9: an account that is linked and not vouched for neither stands nor takes a role for the one that was elected', async () => {
    await using world = await forum('ani', 'ani2', 'budi');
    await world.all('/poll create "New coordinator" options:"ani; budi" kind:election closes:1d');
    const shown = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await world.run('@ani /me link')).text)![0];
    await world.all(`@ani2 /me link ${shown}`, '@ani2 :click "Yes, my own account"', '@ani :click "Yes, that is me"');
    expect(await world.code('@ani2 /poll accept J-1')).toBe('forbidden');
    await world.all(
      '@ani /poll accept J-1',
      '@budi /poll vote J-1 ani',
      ':skip 1d',
      '/poll follow J-1 role:coordinator',
    );
    expect(await world.code('@ani2 /poll agree J-1')).toBe('conflict');
    await world.all('@ani /poll agree J-1');
    const { members } = world.store.tables;
    const all = await world.store.read.select().from(members);
    expect(all.flatMap(one => (one.coordinator ? [one.name] : [])).sort()).toEqual(['ani', 'sari']);
  });

  it('a lot: its hash stands on the ballot, the seed is published at the close and draws the same again', async () => {
    await using world = await forum('ani', 'budi');
    const [card] = await world.all('/poll create L options:"x; y" tie:lot closes:1d');
    const hash = /SHA-256 of the seed: ([0-9a-f]{64})/.exec(card!)![1]!;
    const [poll] = await world.store.read.select().from(world.store.tables.polls);
    const seed = poll!.seed;
    expect(card).not.toContain(seed);
    expect((await world.all('/me export', '/poll export J-1')).join()).not.toContain(seed);
    await world.all('@ani /poll vote J-1 x', '@budi /poll vote J-1 y', ':skip 1d');
    const [shown] = await world.all('/poll show J-1');
    expect(shown).toContain(`seed ${seed} (SHA-256 ${hash})`);
    expect(sha256(seed)).toBe(hash);
    const winner = sha256(`${seed}:1`) < sha256(`${seed}:2`) ? 'x' : 'y';
    expect(shown).toContain(`Result: ${winner}`);
  });

  it('a tie of the chair stays tied until a coordinator decides it', async () => {
    await using world = await forum('ani', 'budi');
    await world.all(
      '/poll create T options:"x; y" tie:chair',
      '@ani /poll vote J-1 x',
      '@budi /poll vote J-1 y',
      '/poll close J-1',
    );
    expect((await world.all('/poll show J-1'))[0]).toContain('State: tied');
    expect(await world.code('@ani /poll decide J-1 option:2')).toBe('forbidden');
    await world.all('/poll decide J-1 option:2');
    expect((await world.all('/poll show J-1'))[0]).toContain('Result: y');
    expect(await world.code('/poll decide J-1 option:1')).toBe('conflict');
  });

  it('results after one’s own vote, and after the close; no quorum is said', async () => {
    await using world = await forum('ani', 'budi', 'cici');
    await world.all('/poll create V options:"x; y" results:voted closes:1d quorum:3', '@ani /poll vote J-1 x');
    expect((await world.all('@budi /poll show J-1'))[0]).not.toMatch(/█/);
    expect((await world.all('@ani /poll show J-1'))[0]).toMatch(/█/);
    await world.all(':skip 1d');
    expect((await world.all('@budi /poll show J-1'))[0]).toContain('State: no quorum');
  });

  it('one ballot for each partner: the alternate replaces it and both are told; options are added until a time', async () => {
    await using world = await forum();
    await world.all(
      '/partner add A sector:ngo',
      '/partner assign rina partner:A role:representative',
      '/partner assign alif partner:A role:alternate',
      '/poll create P options:"x; y" basis:partner adding:1d closes:3d',
      '@rina /poll vote J-1 x',
    );
    const said = await world.run('@alif /poll vote J-1 y');
    expect(
      said.posts
        .filter(one => one.to === '@rina')
        .map(one => one.text)
        .join(),
    ).toContain('alif');
    await world.all('@rina /poll add J-1 option:"z | by the river"');
    expect(await world.code('@rina /poll add J-1 option:Z')).toBe('invalid_option');
    await world.all(':skip 25h');
    expect(await world.code('@rina /poll add J-1 option:w')).toBe('closed');
    expect(await world.code('/poll vote J-1 x')).toBe('forbidden');
    const told = await world.run('/poll withdraw J-1 reason:"The wrong question"');
    expect(told.posts.map(one => one.to)).toContain('@alif');
  });

  it('a quick check; a choice opens a proposal; the digest names what is open', async () => {
    await using world = await forum('ani');
    await world.all(
      '/poll create "Buy pumps?" kind:check',
      '/partner add A sector:ngo',
      '/partner assign ani partner:A role:representative',
    );
    expect((await world.all('/digest now'))[0]).toContain('J-1 Buy pumps?');
    await world.all('@ani /poll vote J-1 agree', '/poll vote J-1 abstain', '/poll close J-1', '/poll follow J-1');
    expect((await world.all('/poll show J-1'))[0]).toContain('S-1');
    expect((await world.all('/strategy show S-1'))[0]).toContain('Buy pumps?: agree');
  });

  it('menus: ticked in the second menu, the first keeps what was ticked; one’s own vote is marked', async () => {
    await using world = await forum();
    const options = Array.from({ length: 30 }, (_, i) => `o${i + 1}`).join('; ');
    await world.all(
      `/poll create M options:"${options}" kind:multiple`,
      '/poll tick J-1 part:n0 choice:"2;3"',
      '/poll tick J-1 part:n1 choice:"28"',
      '/poll tick J-1 part:n0 choice:"4"',
    );
    expect((await world.all('/poll ballot J-1'))[0]).toContain('Your vote now: o4, o28');
  });
});
