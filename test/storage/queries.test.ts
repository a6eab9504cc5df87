import { join } from 'node:path';
import Database from 'better-sqlite3';
import { getTableName } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { placed } from '../../src/bot/direct.ts';
import { currentViews } from '../../src/delivery/current-views.ts';
import { outboxState } from '../../src/delivery/waiting.ts';
import { notePass } from '../../src/domain/cursors.ts';
import { POLL_BOX } from '../../src/domain/strategies/box.ts';
import { openChoices, openGroups } from '../../src/domain/strategies/open-count.ts';
import { isNewDay, retain } from '../../src/schedule/retention.ts';
import { voidWrongLeases } from '../../src/schedule/skewed-leases.ts';
import { openStore } from '../../src/storage/open.ts';
import * as sqlite from '../../src/storage/schema.sqlite.ts';
import type { Store } from '../../src/storage/store.ts';
import { postTypes } from '../../src/views/post-types.ts';
import { LIFE } from '../life.ts';
import { newFolder } from '../program.ts';
import { served } from '../site/page.ts';
import { aWorld, START } from '../world.ts';

/** Scans that may read from end to end, and why they do not grow with what people do. */
const ALLOWED: readonly { readonly scan: RegExp; readonly of?: RegExp; readonly why: string }[] = [
  { scan: /^SCAN \d+-ROW VALUES CLAUSE$/, why: 'the rows that are written, and no table' },
  { scan: /^SCAN activity_search VIRTUAL TABLE/, why: 'the full-text index is asked by words' },
  { scan: /^SCAN health$/, why: 'a row a platform, workspace or channel that is not well' },
  { scan: /^SCAN forums$/, why: 'a row a forum, once a day' },
  { scan: /^SCAN channels /, of: /^insert into "places"/, why: 'a row a channel, when a place comes' },
  { scan: /^SCAN CONSTANT ROW$/, why: 'a row that the statement itself holds' },
  { scan: /^SCAN imports /, of: /"made_at" < /, why: 'a row an import, once a day' },
  {
    scan: / INDEX (deliveries|occurrences)_leased$/,
    why: 'the index holds only what is being worked on at this moment',
  },
  {
    scan: /^SCAN (links|invitations)$/,
    of: /"expires_at" < /,
    why: 'once a day, and people are invited or linked rarely',
  },
];

/** Names of tables; an alias that a statement gives to rows of its own is none of them. */
const TABLES = new Set<string>(Object.values(sqlite).map(getTableName));

/** Runs work and gives every statement that the driver was asked to prepare meanwhile. */
async function statementsOf(work: () => Promise<void>): Promise<string[]> {
  const { prepare } = Database.prototype;
  const seen = new Set<string>();
  Database.prototype.prepare = function (this: Database.Database, source: string) {
    seen.add(source);
    return prepare.call(this, source);
  } as typeof prepare;
  try {
    await work();
  } finally {
    Database.prototype.prepare = prepare;
  }
  return [...seen].filter(source => /^\s*(select|insert|update|delete|with)\b/i.test(source));
}

/** Tells how a statement is going to read. */
function planOf(db: Database.Database, source: string): string[] {
  const values = Array(source.replace(/'[^']*'/g, '').split('?').length - 1).fill(null);
  const plan = db.prepare(`EXPLAIN QUERY PLAN ${source}`).all(...values) as { detail: string }[];
  return plan.map(one => one.detail);
}

/** Lists what a statement reads from end to end: without an index, or through the whole of one. */
const scansOf = (db: Database.Database, source: string): string[] =>
  // A bare SEARCH looks for the least or the greatest of a column that has no index.
  planOf(db, source).filter(detail => /^SCAN |^SEARCH \S+$/.test(detail));

/**
 * Tells whether a scan goes through rows that a part of the same statement has found; that part is judged for itself.
 */
function isDerived(scan: string, source: string): boolean {
  const name = /^SCAN (\w+)$/.exec(scan)?.[1];
  if (name === undefined || TABLES.has(name)) return false;
  return new RegExp(`\\bwith "?${name}"?\\s*(\\([^()]*\\)\\s*)?as\\s*\\(|\\)\\s*(as\\s+)?"?${name}"?\\b`, 'i').test(
    source,
  );
}

const isAllowed = (scan: string, source: string): boolean =>
  isDerived(scan, source) || ALLOWED.some(one => one.scan.test(scan) && (one.of?.test(source) ?? true));

/** Everything that a running bot asks for: the life of a forum, its public page, what each minute and each day brings. */
async function everything(store: Store): Promise<void> {
  const world = await aWorld({ store });
  await world.all(...LIFE, ':skip 5w');
  const { bot, workspace } = { bot: world.bot, workspace: 'local' };
  const place = { platform: 'console', workspace, channel: null } as const;
  const act = {
    key: 'k',
    place,
    who: { account: 'sari', home: '', name: 'sari', admin: true },
    ask: { kind: 'chosen', path: ['activity', 'show'], given: {} },
    memberOf: () => null,
    channelOf: () => null,
  } as const;
  await bot.suggest(act, 'activity', 'k');
  const pressed = { ...act, place: { ...place, platform: 'discord', workspace: '@direct', message: '1' } } as const;
  await placed(store.read, bot.registry, pressed);
  await store.write(null, async tx => {
    await notePass(tx, START);
    await voidWrongLeases(tx, START);
  });
  await retain(store, START, await isNewDay(store, START));
  await outboxState(store, ['console']);
  await currentViews(store, postTypes, { platform: 'console', workspace }, START);
  const site = await served(store);
  const seen = new Set(['/']);
  for (const path of seen) {
    const page = await site.text(path);
    for (const [, link] of page.matchAll(/href="(\/[^"#]*)"/g))
      if (seen.size < 60) seen.add(link!.replaceAll('&amp;', '&'));
  }
  expect([site.faults, seen.size > 20]).toEqual([[], true]);
  await site.stop();
}

it('no statement of a forum’s life reads a table that grows from end to end', async () => {
  const file = join(newFolder(), 'life.db');
  const store = await openStore(`file:${file}`);
  const statements = await statementsOf(() => everything(store));
  expect(statements.length).toBeGreaterThan(300);
  const db = new Database(file, { readonly: true });
  const faults = statements.flatMap(source =>
    scansOf(db, source)
      .filter(scan => !isAllowed(scan, source))
      .map(scan => `${scan}: ${source}`),
  );
  expect(faults).toEqual([]);
  const all = statements.flatMap(source => scansOf(db, source).map(scan => ({ scan, source })));
  const unused = ALLOWED.filter(
    one => !all.some(({ scan, source }) => one.scan.test(scan) && (one.of?.test(source) ?? true)),
  );
  expect(unused.map(one => one.why)).toEqual([]);
  db.close();
  await store.close();
});

it('an open vote is counted from indexes that hold all that is counted', async () => {
  const file = join(newFolder(), 'vote.db');
  const store = await openStore(`file:${file}`);
  const vote = { forumId: 'f', number: 1, round: 1, rule: { basis: 'member', secret: false } } as const;
  const statements = await statementsOf(async () => {
    await openGroups(store.read, vote);
    await openChoices(store.read, { ...vote, box: POLL_BOX });
  });
  const db = new Database(file, { readonly: true });
  const counted = statements
    .flatMap(source => planOf(db, source))
    .filter(one => /^(SCAN|SEARCH) \w*(ballots|electors)\b/.test(one));
  expect(counted.length).toBeGreaterThan(2);
  expect(counted.filter(one => !one.includes(' USING COVERING INDEX '))).toEqual([]);
  db.close();
  await store.close();
});

it.each([
  'select "seq" from "deliveries" where "deliveries"."reason" = ?',
  'select min("done_at") from "deliveries"',
  'select "forum_id" from "accounts" where "accounts"."member" = ?',
  'update "events" set "kind" = ? where "events"."member" = ?',
  'with "some" as (select "seq" from "deliveries" where "reason" = ?) select "seq" from "some"',
])('a statement that grows is found: %s', async source => {
  const file = join(newFolder(), 'found.db');
  const store = await openStore(`file:${file}`);
  const db = new Database(file, { readonly: true });
  expect(scansOf(db, source).filter(scan => !isAllowed(scan, source))).toHaveLength(1);
  db.close();
  await store.close();
});
