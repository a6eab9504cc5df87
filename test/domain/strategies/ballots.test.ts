import { asc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { castBallot, groups, newRound, positions } from '../../../src/domain/strategies/ballots.ts';
import { giveProxy } from '../../../src/domain/strategies/electorate.ts';
import { strategyByNumber } from '../../../src/domain/strategies/store.ts';
import { type Choice, type Group, groupsOf } from '../../../src/domain/strategies/tally.ts';
import { CHOICES } from '../../../src/storage/schema/decisions.ts';
import type { Store } from '../../../src/storage/store.ts';
import { databases } from '../../databases.ts';
import { fc } from '../../properties.ts';
import { aWorld } from '../../world.ts';

const NAMES = ['A', 'B', 'C', 'D'];
const unit = fc.integer({ min: 1, max: NAMES.length });
const acts = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ unit, choice: fc.constantFrom(...CHOICES) }) },
    { weight: 1, arbitrary: fc.record({ unit, holder: unit }) },
  ),
  { maxLength: 25 },
);

/** The holder has a proxy already: the command refuses, and its unit of work is undone. */
class Taken extends Error {}

/** A forum of four partners that can vote. */
async function aForum(store: Store) {
  const world = await aWorld({ store });
  await world.all('/forum setup "Forum Uji"');
  for (const name of NAMES)
    await world.all(
      `/partner add ${name} sector:community`,
      `/partner assign r${name} partner:${name} role:representative`,
    );
  const [forum] = await world.store.read.select().from(world.store.tables.forums);
  return { world, forumId: forum!.id };
}

/** Works out what stands for each unit after these acts, as a person would on paper. */
function onPaper(script: readonly ({ unit: number; choice: Choice } | { unit: number; holder: number })[]) {
  const own: (Choice | undefined)[] = [];
  const given: (number | undefined)[] = [];
  for (const act of script) {
    if ('choice' in act) own[act.unit] = act.choice;
    else if (act.unit !== act.holder && !given.includes(act.holder)) given[act.unit] = act.holder;
  }
  return NAMES.map((_, i) => {
    const held = own[given[i + 1] ?? 0];
    return own[i + 1] ?? (held === 'recuse' ? null : (held ?? null));
  });
}

const SECRECY = [
  { how: 'open', option: '' },
  { how: 'secret', option: 'secret:yes' },
];

describe.each(databases.flatMap(database => SECRECY.map(secrecy => ({ ...database, ...secrecy }))))(
  '$how ballots as they are stored on $name',
  ({ open, option }) => {
    it('stand as on paper after any votes, re-votes, recusals and proxies; each is kept, one a unit is in force', async () => {
      const { world, forumId } = await aForum(await open());
      await using _world = world;
      const { ballots, secretBallots } = world.store.tables;
      let number = 0;
      await fc.assert(
        fc.asyncProperty(acts, async script => {
          await world.all(`/strategy propose "Gladi" rationale:"Warga bekerja" closes:3d ${option}`);
          const strategy = (await strategyByNumber(world.store.read, forumId, ++number))!;
          const now = strategy.opensAt;
          for (const act of script) {
            const unitOfWork = world.store.write(forumId, async tx => {
              if ('choice' in act) await castBallot(tx, strategy, { ...act, reason: null, castBy: 1 }, now);
              else if (act.unit !== act.holder && !(await giveProxy(tx, strategy, { ...act, givenBy: 1 }, now)))
                throw new Taken();
            });
            await unitOfWork.catch((error: unknown) => expect(error).toBeInstanceOf(Taken));
          }
          const { read } = world.store;
          const stand = await positions(read, strategy);
          expect(stand.map(one => one.choice)).toEqual(onPaper(script));
          const sorted = (all: readonly unknown[]) => all.map(one => JSON.stringify(one)).sort();
          const bySector = { ...strategy, rule: { ...strategy.rule, perSector: 1 } };
          expect(sorted(await groups(read, bySector))).toEqual(sorted(groupsOf(stand)));
          const sum = (rows: readonly Group[]) =>
            groupsOf(rows.flatMap(({ choice, n }) => Array(n).fill({ unit: 0, sector: null, choice })));
          expect(sorted(sum(await groups(read, strategy)))).toEqual(sorted(sum(groupsOf(stand))));
          const cast = script.filter(act => 'choice' in act);
          const units = new Set(cast.map(act => act.unit)).size;
          // What is secret is written when the round is over, in the order of the units and without an instant.
          await world.store.write(forumId, tx => newRound(tx, strategy));
          const kept = await read.select().from(ballots).where(eq(ballots.strategy, number)).orderBy(asc(ballots.seq));
          expect(kept.map(one => one.unit).sort()).toEqual(cast.map(act => act.unit).sort());
          const secret = kept.filter(one => one.choice === null);
          expect(secret.map(one => one.unit)).toEqual(secret.map(one => one.unit).sort((a, b) => a - b));
          expect(secret.every(one => one.castAt === null && one.reason === null)).toBe(true);
          expect(new Set(kept.map(one => one.unit)).size).toBe(units);
          expect(await read.select().from(secretBallots)).toEqual([]);
        }),
        { numRuns: 25 },
      );
    });
  },
);
