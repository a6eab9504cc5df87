import { sql } from 'drizzle-orm';
import { afterAll, expect, it } from 'vitest';
import { commands } from '../commands/index.ts';
import type { WriteContext } from '../src/bot/act-context.ts';
import { WriteActContext } from '../src/bot/act-contexts.ts';
import type { Action, Options, Values } from '../src/bot/command.ts';
import { identify } from '../src/bot/identify.ts';
import type { View } from '../src/contract/view.ts';
import { LIFE, MORE } from './life.ts';
import { aWorld } from './world.ts';

/**
 * Tables of what is written down about an act as such: that an option shows only here does not yet mean that it was
 * kept.
 */
const ABOUT_ACTS = new Set(['acts', 'deliveries', 'drafts', 'members', 'accounts']);
/** Fields in which the history of a change says what was changed: the handler's word alone. */
const SAID = new Set(['fields', 'changed']);

const ID = /w\d+x\d{8}/g;

type Given = Record<string, unknown>;
type Run = (ctx: WriteContext, values: Values<Options>) => Promise<View>;

const without = (values: Given, key: string): Given =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name !== key));

/** All rows but those about acts. Ids count up with each try, so they are made the same. */
async function stored(ctx: WriteContext): Promise<string> {
  const rows: unknown[] = [];
  for (const [name, table] of Object.entries(ctx.tx.tables))
    if (!ABOUT_ACTS.has(name)) rows.push(name, await ctx.tx.select().from(table));
  return JSON.stringify(rows, (key, value) => (SAID.has(key) ? undefined : value)).replaceAll(ID, 'ID');
}

const asRead = (view: View): string => JSON.stringify(view).replaceAll(ID, 'ID');

/** Returns what the lists and cards of a command show, of the newest things that have a code in it. */
async function looked(ctx: WriteContext, action: Action): Promise<string> {
  const reading = {
    ctx,
    writes: false,
    option: '',
    memberOf: () => null,
    channelOf: () => null,
    member: async () => null,
  };
  const views: string[] = [];
  for (const query of commandOf(action).actions) {
    if (query.writes || query.cost) continue;
    const run = runs.get(query)!;
    const [main, ...others] = Object.entries(query.options).filter(([, option]) => option.required);
    if (others.length) continue;
    const found = main ? ((await main[1].kind.suggest?.('', ctx)) ?? []) : [{ value: '' }];
    for (const { value } of found) {
      const given = main ? { [main[0]]: await main[1].kind.read({ typed: value }, reading) } : {};
      views.push(await run(ctx, given as Values<Options>).then(asRead, String));
    }
  }
  return views.join();
}

/** Runs something in the unit of work of an act, and takes back all that it wrote. */
async function tried<T>(ctx: WriteContext, work: () => Promise<T>): Promise<T> {
  const { tx } = ctx as unknown as { tx: { run(statement: unknown): unknown } };
  await tx.run(sql.raw('SAVEPOINT tried'));
  try {
    return await work();
  } finally {
    await tx.run(sql.raw('ROLLBACK TO tried'));
    await tx.run(sql.raw('RELEASE tried'));
  }
}

/** The context as the act began with it: a try that sets up a forum, say, changes it. */
function fresh(ctx: WriteContext): WriteContext {
  const { registry, act, known, tx, now, newId } = ctx as unknown as Record<string, never>;
  return new WriteActContext(registry!, act!, known!, tx!, now!, newId!);
}

/** The context of whoever asks next. */
async function afterwards(ctx: WriteContext): Promise<WriteContext> {
  const { registry, act, known, tx, now, newId } = ctx as unknown as Record<string, never>;
  return new WriteActContext(registry!, act!, await identify(tx!, act!, known!), tx!, now!, newId!);
}

/** Options by action and name: looked at by the handler, kept in a row, shown to somebody, given at all. */
const read = new Set<string>();
const kept = new Set<string>();
const shown = new Set<string>();
const given = new Set<string>();

/** The values of an act; what its handler looks at is noted. */
function watched(action: Action, values: Given): Given {
  return new Proxy(values, {
    get(target, key) {
      read.add(`${action.id} ${String(key)}`);
      return Reflect.get(target, key);
    },
  });
}

const runs = new Map<Action, Run>();
const commandOf = (action: Action) => commands.find(one => one.actions.includes(action))!;

/** Runs an act with and without each of its optional options, and compares what is stored and what is shown. */
async function probe(action: Action, run: Run, ctx: WriteContext, values: Given): Promise<void> {
  const attempt = (these: Given, context = false) =>
    tried(ctx, async () => {
      const own = fresh(ctx);
      const view = await run(own, these as Values<Options>);
      return { rows: await stored(own), text: context ? await looked(await afterwards(own), action) : asRead(view) };
    });
  const name = (key: string): string => `${action.id} ${key}`;
  const open = Object.keys(values).filter(
    key => !action.options[key]!.required && !(kept.has(name(key)) && shown.has(name(key))),
  );
  if (!open.length) return;
  const whole = await attempt(values);
  let seen: string | null = null;
  for (const key of open) {
    const less = await attempt(without(values, key)).catch(() => null);
    if (less?.rows !== whole.rows) kept.add(name(key));
    if (less?.text !== whole.text) shown.add(name(key));
    if (shown.has(name(key))) continue;
    seen ??= (await attempt(values, true)).text;
    if ((await attempt(without(values, key), true)).text !== seen) shown.add(name(key));
  }
}

for (const { actions } of commands)
  for (const action of actions) {
    const run = action.run.bind(action) as Run;
    runs.set(action, run);
    action.run = (async (ctx: WriteContext, values: Given) => {
      for (const key of Object.keys(values)) given.add(`${action.id} ${key}`);
      if (action.writes && Object.keys(values).length) await probe(action, run, ctx, values);
      return run(ctx, watched(action, values) as Values<Options>);
    }) as typeof action.run;
  }

// Other files of the same worker act with the same commands.
afterAll(() => {
  for (const [action, run] of runs) action.run = run as typeof action.run;
});

/** Options that no one line of these lives gives; the reason stands behind each. */
const NOT_GIVEN = [
  'ao partner',
  'fa request',
  'fad alert',
  'fao alert',
  'fh file',
  'fo confirm',
  'fo place',
  'fv feed',
  'fx confirm',
  'ir message',
  'mb request',
  'mc request',
  'mi request',
  'mj request',
  'kr code',
  'mk code',
  'mu request',
  'mv request',
];
const NOT_KEPT: Readonly<Record<string, string>> = {
  'kp confirm': 'answers the question whether a meeting is meant for a day off',
  'kw confirm': 'answers the question whether a meeting is meant for a day off',
  'ds confirm': 'answers the question whether a digest is to come more often than daily',
  'mq forum': 'names the forum of the place, which is taken where nothing is named',
  'na confirm': 'answers the question whether the pair is meant',
  'na direction': 'follows from baseline and target, which are given here',
  'nc confirm': 'answers the question whether a surprising value is right',
  'nr confirm': 'answers the question whether a surprising value is right',
  'nt confirm': 'answers the question whether a target in another unit, or against the direction, is meant',
  'nj partner': 'names the own partner, which is taken where nothing is named',
  'nw seen': 'is the figure that was shown, held against the one of now',
  'ub from': 'is the first day of the calendar year, which is taken where nothing is named',
  'ub to': 'is the last day of the calendar year, which is taken where nothing is named',
  'yk partner': 'names the own partner, which is taken where nothing is named',
};
const NOT_SHOWN: Readonly<Record<string, string>> = {
  ...NOT_KEPT,
  'sp early': 'ends the vote when everybody has voted',
  'ne lock_days': 'ends the time in which a report may be changed',
  'ds empty': 'sends a digest in which nothing happened',
  'fe public_names': 'shows on the public page',
  'ak note': 'shows in the report of a time',
  'fg max_entry': 'refuses an entry that is larger',
  'ne aggregate': 'shows from the day on which the change holds',
  'ne direction': 'shows from the day on which the change holds',
  'ne frequency': 'shows from the day on which the change holds',
  'ne kind': 'shows from the day on which the change holds',
  'ne partners_aggregate': 'shows from the day on which the change holds',
  'ne span': 'shows from the day on which the change holds',
  'nf since': 'shows in the drafts of the periods that end from then on',
  'ne scale': 'names the bands into which the values of a report fall',
  'pz reason': 'shows on the card of a partner that is archived, which is no candidate here',
  'ft confirm': 'answers the question whether the page is to be public',
  'fj announce': 'shows once the place was let in',
  'fj coordinators': 'shows once the place was let in',
  'fj issues': 'shows once the place was let in',
};

const options = commands.flatMap(({ actions }) =>
  actions.flatMap(action =>
    Object.entries(action.options).map(([key, { required }]) => ({ name: `${action.id} ${key}`, action, required })),
  ),
);
const named = (found: typeof options): string[] => found.map(one => one.name).sort();

it('what an option says is read, kept and shown again', async () => {
  await using first = await aWorld();
  await first.all(...LIFE);
  await using second = await aWorld();
  await second.all(...MORE);
  const code = /[A-Z0-9]{4}(-[A-Z0-9]{4})+/.exec((await second.run('/forum invite')).text)![0];
  const there = await aWorld({ store: second.store, workspace: 'lain' });
  await there.all(`@ani /forum join ${code} announce:a coordinators:b issues:c`);

  const mutations = options.filter(one => one.action.writes);
  const absent = named(mutations.filter(one => !given.has(one.name))).filter(name => !NOT_GIVEN.includes(name));
  expect(absent, 'give each option of a mutation once in test/life.ts').toEqual([]);
  expect(named(options.filter(one => given.has(one.name) && !read.has(one.name))), 'never looked at').toEqual([]);
  const free = mutations.filter(one => !one.required && given.has(one.name));
  const unexplained = (found: typeof options, why: object) => named(found).filter(name => !(name in why));
  const lost = 'with and without it the same is stored';
  expect(
    unexplained(
      free.filter(one => !kept.has(one.name)),
      NOT_KEPT,
    ),
    lost,
  ).toEqual([]);
  const unseen = 'with and without it the same is shown: in the answer, and by the lists and cards of its command';
  expect(
    unexplained(
      free.filter(one => !shown.has(one.name)),
      NOT_SHOWN,
    ),
    unseen,
  ).toEqual([]);
});
