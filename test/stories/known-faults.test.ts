import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

type World = Awaited<ReturnType<typeof aWorld>>;

/** A vote among partners with representatives r1 … rN. */
async function voteAmong(world: World, partners: number, options = ''): Promise<void> {
  await world.all('/forum setup Uji announce:umum');
  for (let n = 1; n <= partners; n++)
    await world.all(`/partner add P${n}`, `/partner assign r${n} partner:P${n} role:representative`);
  await world.all(`/strategy propose Gladi rationale:x closes:3d method:majority ${options}`);
}

const ballots = (world: World) => world.store.read.select().from(world.store.tables.ballots);

/** Faults that other voting tools have been seen to have; each is named by what went wrong there. */
describe.each(databases)('a fault of other tools does not happen here, on $name:', ({ open }) => {
  it('a. voter ids in the message freeze it: the ballot is no longer with thirty voters than with three', async () => {
    const length = async (voters: number): Promise<number> => {
      await using world = await aWorld({ store: await open() });
      await voteAmong(world, voters);
      let last = '';
      for (let n = 1; n <= voters; n++) last = (await world.run(`@r${n} /strategy vote S-1 agree`)).posts[0]!.text;
      return last.length;
    };
    expect(Math.abs((await length(30)) - (await length(3)))).toBeLessThan(12);
  });

  it('b. a vote is stored and then shown as an error: the receipt is the record', async () => {
    await using world = await aWorld({ store: await open() });
    await voteAmong(world, 3);
    const receipt = (await world.run('@r1 /strategy vote S-1 agree')).text;
    expect((await ballots(world)).map(ballot => String(ballot.seq))).toEqual([/Nomor: (\d+)/.exec(receipt)![1]]);
  });

  it('c. two quick clicks are two votes: both are kept, one is in force', async () => {
    await using world = await aWorld({ store: await open() });
    await voteAmong(world, 3);
    await Promise.all([world.run('@r1 /strategy vote S-1 agree'), world.run('@r1 /strategy vote S-1 disagree')]);
    expect((await ballots(world)).filter(ballot => ballot.inForce)).toHaveLength(1);
  });

  it('d. votes overwrite each other: all of twenty at once are in force', async () => {
    await using world = await aWorld({ store: await open() });
    await voteAmong(world, 20);
    await Promise.all(Array.from({ length: 20 }, (_, n) => world.run(`@r${n + 1} /strategy vote S-1 agree`)));
    expect((await ballots(world)).filter(ballot => ballot.inForce)).toHaveLength(20);
  });

  it('e. one message edit a vote: what waits to be brought up to date is one row a post', async () => {
    await using world = await aWorld({ store: await open() });
    await voteAmong(world, 5);
    for (let n = 1; n <= 5; n++) await world.all(`@r${n} /strategy vote S-1 agree`);
    const { deliveries } = world.store.tables;
    const rows = await world.store.read
      .select()
      .from(deliveries)
      .where(and(eq(deliveries.topic, 'ballot')));
    expect(rows.filter(row => row.occurrence.startsWith('edit:'))).toHaveLength(1);
  });

  it('f. votes live in memory: after a restart they are there, and the old button still works', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await voteAmong(world, 3);
    await world.all('@r1 :click Setuju');
    const again = await aWorld({ store });
    expect((await again.run('/strategy show S-1')).text).toContain('setuju 1');
    await again.all('@r2 :click Setuju');
    expect((await again.run('/strategy show S-1')).text).toContain('setuju 2');
  });

  it('g. data are deleted at the close: every ballot stays', async () => {
    await using world = await aWorld({ store: await open() });
    await voteAmong(world, 3);
    await world.all('@r1 /strategy vote S-1 agree', '@r1 /strategy vote S-1 disagree', ':skip 3d');
    expect(await ballots(world)).toHaveLength(2);
  });

  it('k. the shared message shows the last voter’s own choice: it is the same whoever votes', async () => {
    await using world = await aWorld({ store: await open() });
    await voteAmong(world, 3);
    const post = (await world.run('@r1 /strategy vote S-1 agree')).posts[0]!;
    expect(post.text).not.toContain('r1');
  });

  it('l. settings live in the message: the rule is frozen with the proposal', async () => {
    await using world = await aWorld({ store: await open() });
    await voteAmong(world, 3, 'threshold:3/4');
    const [strategy] = await world.store.read.select().from(world.store.tables.strategies);
    expect(strategy!.rule.threshold).toEqual({ numerator: 3, denominator: 4, compare: 'at_least' });
  });
});
