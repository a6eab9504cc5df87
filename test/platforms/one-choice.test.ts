import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { exportForum, forumsNamed } from '../../src/cli/export.ts';
import { databases } from '../databases.ts';
import { newFolder } from '../program.ts';
import { aWorld } from '../world.ts';

type Open = (typeof databases)[number]['open'];

/** Ways to cast one ballot that differ in the choice; the last ones open a form first, as an objection needs a reason. */
const WAYS: readonly (readonly string[])[] = [
  ['/strategy vote S-1 agree reason:sama'],
  ['/strategy vote S-1 disagree reason:sama'],
  ['/strategy vote S-1 object reason:sama'],
  ['/strategy object S-1 reason:sama'],
];

/** The same of a poll: typed, ticked in a menu, and cast a second time. */
const POLL_WAYS: readonly (readonly string[])[] = [
  ['/poll vote J-1 choice:"1"', '/poll tick J-1 part:n0 choice:"1;2"'],
  ['/poll vote J-1 choice:"2"', '/poll tick J-1 part:n0 choice:"3"'],
  ['/poll tick J-1 part:n0 choice:"3"', '/poll vote J-1 choice:"1; 2; 3"'],
];

const ID = /w\d+x\d{8}/g;

/**
 * Returns what anybody could hold against each other of two runs: everything but the one table that is meant to tell.
 */
async function told(open: Open, way: readonly string[]): Promise<Record<string, unknown>> {
  const store = await open();
  await using world = await aWorld({ store });
  await world.all(
    '/forum setup Uji announce:umum coordinators:koor',
    ...['A', 'B'].flatMap(name => [
      `/partner add ${name} sector:ngo`,
      `/partner assign r${name} partner:${name} role:representative`,
    ]),
    '/strategy propose Gladi change:x rationale:y closes:2d secret:yes method:majority',
    '/poll create Tempat options:"A; B; C" kind:multiple basis:partner closes:2d secret:yes',
  );
  const posts = [];
  for (const line of way) posts.push(...(await world.run(`@rA ${line}`)).posts);
  await world.all('@rB /strategy vote S-1 agree', '@rB /poll vote J-1 choice:1');
  const shown = (await world.run('@rB /strategy show S-1')).text;
  const exported = (await world.run('@rB /strategy export S-1')).text;
  const poll = [(await world.run('@rB /poll show J-1')).text, (await world.run('@rB /poll export J-1')).text];
  const {
    acts,
    deliveries,
    events,
    posts: standing,
    accounts,
    ballots,
    drafts,
    occurrences,
    secretBallots,
    pollBallots,
    pollSecretBallots,
  } = store.tables;
  const rows: Record<string, unknown> = {};
  for (const [name, table] of Object.entries({
    acts,
    deliveries,
    events,
    standing,
    accounts,
    ballots,
    pollBallots,
    drafts,
    occurrences,
  }))
    rows[name] = (await store.read.select().from(table as never)).map(row =>
      JSON.stringify(row, (key, value) => (key === 'key' || key === 'occurrence' ? undefined : value)).replaceAll(
        ID,
        '',
      ),
    );
  const secret = await store.read.select().from(secretBallots);
  const ofPolls = await store.read.select().from(pollSecretBallots);
  expect(secret.length + ofPolls.length).toBe(3);
  const folder = join(newFolder(), 'out');
  const files = await exportForum(store, (await forumsNamed(store, 'Uji'))[0]!, folder);
  const out = files.map(file => readFileSync(join(folder, file), 'utf8').replaceAll(ID, ''));
  return { posts, shown, exported, poll, rows, out };
}

it.each(databases)(
  'R15: runs that differ in one secret choice leave the same audit, outbox, answers and exports ($name)',
  async ({ open }) => {
    const agreed = await told(open, WAYS[0]!);
    for (const way of WAYS.slice(1)) expect([way, await told(open, way)]).toEqual([way, agreed]);
  },
);

it.each(databases)(
  'R15: runs that differ in one secret choice of a poll leave the same everywhere ($name)',
  async ({ open }) => {
    const first = await told(open, POLL_WAYS[0]!);
    for (const way of POLL_WAYS.slice(1)) expect([way, await told(open, way)]).toEqual([way, first]);
  },
);

it('R15: figures and debug logs know every way to cast a ballot by one name', () => {
  const ways = commands.flatMap(one => one.actions).filter(({ id }) => ['sv', 'sb', 'sr', 'jv', 'jt'].includes(id));
  expect(ways.map(one => one.countedAs)).toEqual(Array(5).fill('ballot'));
});
