import { describe, expect, it } from 'vitest';
import { judging } from '../../src/domain/engagement/judging.ts';
import { engagementOf } from '../../src/domain/engagement/measures.ts';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const SETUP = [
  '/forum setup "Forum Uji" locale:en announce:news coordinators:coord',
  '/partner add BPBD sector:government',
  '/partner add Lumbung sector:ngo',
  '/partner add Radio sector:media',
  '/partner assign sari partner:BPBD role:representative',
  '/partner assign joko partner:Lumbung role:representative',
  '/partner assign rini partner:Radio role:representative',
] as const;

type World = Awaited<ReturnType<typeof aWorld>>;

/** A partner's engagement over the year of the stories, as it stands now. */
async function engagement({ store, clock }: World, partner: number) {
  const [forum] = await store.read.select().from(store.tables.forums);
  const how = await judging(store.read, forum!, clock.now(), '2026-11-01');
  return engagementOf(store.read, forum!, partner, { from: '2026-11-01', to: '2027-10-31' }, how);
}

describe.each(databases)('the score on $name', ({ open }) => {
  it.each(['', 'secret:yes'])('G19: a vote by proxy counts for whoever gave it %s', async secret => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...SETUP,
      `/strategy propose S1 change:x rationale:y closes:3d ${secret}`,
      '@joko /strategy proxy S-1 partner:BPBD',
      '/strategy vote S-1 agree',
      '@rini /strategy vote S-1 agree',
      ':skip 4d',
    );
    expect((await engagement(world, 1)).parts.votes).toEqual({ n: 1, of: 1 });
    expect((await engagement(world, 2)).parts.votes).toEqual({ n: 1, of: 1 });
  });

  it('G19: a proxy whose holder did not vote, or recused, is no vote', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...SETUP,
      '/strategy propose S1 change:x rationale:y closes:3d',
      '@joko /strategy proxy S-1 partner:BPBD',
      '@rini /strategy vote S-1 agree',
      '/strategy propose S2 change:z rationale:y closes:3d',
      '@joko /strategy proxy S-2 partner:BPBD',
      '/strategy recuse S-2 reason:x',
      ':skip 4d',
    );
    expect((await engagement(world, 2)).parts.votes).toEqual({ n: 0, of: 2 });
    expect((await engagement(world, 1)).parts.votes).toEqual({ n: 1, of: 2 });
    expect((await engagement(world, 3)).parts.votes).toEqual({ n: 1, of: 2 });
  });

  it('G19: an answer to an invitation is no attendance; the list is asked for, and only it counts', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...SETUP,
      '/activity plan Drill kind:drill partners:"BPBD, Lumbung"',
      '@joko /activity attend K-1 answer:yes',
    );
    const done = await world.run('/activity done K-1 result:well');
    expect(done.text).toMatch(/not recorded yet; please note who came[\s\S]*\[Note who came\]/);
    expect((await engagement(world, 2)).parts.attendance).toEqual({ n: 0, of: 0 });
    expect((await world.run('/activity show K-1')).text).toContain('[Note who came]');
    const [noted] = await world.all('/activity attendance K-1 partners:BPBD');
    expect(noted).not.toContain('[Note who came]');
    expect((await engagement(world, 1)).parts.attendance).toEqual({ n: 1, of: 1 });
    expect((await engagement(world, 2)).parts.attendance).toEqual({ n: 0, of: 1 });
  });

  it('a partner that left is judged by what fell into its time', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...SETUP,
      '/agreement record Pact partners:"BPBD, Radio"',
      '/agreement commit P-1 what:Jingle due:1/12/2026 partner:Radio',
      '/agreement commit P-1 what:Report due:1/2/2027 partner:Radio',
      '/strategy propose S1 change:x rationale:y closes:20d',
      ':skip 10d',
      '/partner archive Radio',
      ':skip 90d',
    );
    const { parts } = await engagement(world, 3);
    expect(parts.commitments).toEqual({ n: 0, of: 1 });
    expect(parts.votes).toEqual({ n: 0, of: 0 });
  });

  it('G6: what was owed before an indicator was agreed on is owed by nobody', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...SETUP,
      '/indicator add "People trained" unit:people target:100 frequency:monthly partner:Lumbung',
      ':skip 20d',
      '@joko /indicator report N-1 value:10 period:november',
      ':skip 5d',
    );
    expect((await engagement(world, 2)).parts.reporting).toEqual({ n: 1, of: 1 });
  });
});
