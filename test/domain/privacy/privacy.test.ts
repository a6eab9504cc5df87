import { getTableColumns, getTableName, is, Table } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import { noteWrongCode } from '../../../src/domain/invitations.ts';
import { memberByNumber } from '../../../src/domain/people.ts';
import { aboutPerson, NAMED_IN } from '../../../src/domain/privacy/data-export.ts';
import { HISTORY_DAYS, isNewDay, retain } from '../../../src/schedule/retention.ts';
import { postgresKit } from '../../../src/storage/kit.ts';
import { defineSchema } from '../../../src/storage/schema/index.ts';
import type { Store } from '../../../src/storage/store.ts';
import { databases } from '../../databases.ts';
import { LIFE } from '../../life.ts';
import { aWorld, START } from '../../world.ts';

const DAY = 86_400_000;
const later = (days: number): Date => new Date(START.getTime() + days * DAY);

const tables = Object.entries(defineSchema(postgresKit)).filter(([, table]) => is(table, Table)) as [string, Table][];

/** Columns that look as if they named a member, and name something else. */
const NO_MEMBER = ['strategies.endedBy'];

it('every column of the schema that names a member is on the list of what is exported and forgotten', () => {
  const missing: string[] = [];
  for (const [name, table] of tables) {
    if (name === 'members') continue;
    const { foreignKeys } = getTableConfig(table as never);
    const toMembers = foreignKeys
      .map(key => key.reference())
      .filter(({ foreignTable }) => getTableName(foreignTable) === 'members')
      .flatMap(({ columns }) => columns.map(column => column.name));
    for (const [key, column] of Object.entries(getTableColumns(table))) {
      const looks = column.dataType === 'number' && /(By|^member|^owner|^mediator|^other)$/.test(key);
      if (!looks && !(toMembers.includes(column.name) && key !== 'forumId')) continue;
      const listed = (NAMED_IN as Record<string, readonly string[]>)[name] ?? [];
      if (!listed.includes(key) && !NO_MEMBER.includes(`${name}.${key}`)) missing.push(`${name}.${key}`);
    }
  }
  expect(missing).toEqual([]);
});

/** Every stored text of a forum, but for what people wrote in their own words, which is searched apart. */
async function everything(store: Store): Promise<string> {
  const all: unknown[] = [];
  for (const table of Object.values(store.tables).filter(one => is(one, Table)))
    all.push(getTableName(table as Table), await store.read.select().from(table as never));
  return JSON.stringify(all);
}

describe.each(databases)('one’s own data on $name', ({ open }) => {
  it('the export has a list for every table, a row wherever the person stands, and no secret of the machine', async () => {
    const store = await open();
    await using world = await aWorld({ store, actor: 'Sari' });
    for (const line of LIFE) if (!line.includes('forget')) await world.run(line.replaceAll('@budi', '@Sari'));
    const [forum] = await store.read.select().from(store.tables.forums);
    const member = (await memberByNumber(store.read, forum!.id, 1))!;
    const about = await aboutPerson(store.read, member);
    expect(Object.keys(about)).toEqual([
      ...new Set([
        'person',
        ...Object.keys(NAMED_IN),
        'partners',
        'electors',
        'pollElectors',
        'drafts',
        'codeAttempts',
      ]),
    ]);
    for (const [name, columns] of Object.entries(NAMED_IN)) {
      const rows = (await store.read.select().from(store.tables[name as 'issues'] as never)) as Record<
        string,
        unknown
      >[];
      const mine = rows.filter(row => row.forumId === forum!.id && columns.some(column => row[column] === 1));
      // What others did about the person comes on top: about.test.ts.
      expect(about[name]!.length, name).toBeGreaterThanOrEqual(mine.length);
    }
    const filled = Object.keys(NAMED_IN).filter(name => about[name]!.length);
    expect(filled.length).toBeGreaterThan(18);
    expect(JSON.stringify(about)).not.toMatch(/"(hash|secretKey|folded|forumId)"/);
  });

  it('forgetting leaves the name nowhere: audit, electorates, kept answers, linked accounts, contacts, what stands in channels', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(
      '/forum setup "Forum Uji" announce:umum issues:isu',
      '/partner add A sector:ngo contact:Budiwati',
      '/partner assign Budiwati partner:A role:representative',
      '@Budiwati /activity log "Bersih sungai"',
      '@Budiwati /finance record Iuran direction:in amount:1jt',
      '/strategy propose S1 change:x rationale:y closes:3d basis:member quorum:1 urgent:uji',
      '@Budiwati /strategy vote S-1 agree',
      '/issue raise Saluran',
      '/issue assign I-1 member:Budiwati',
    );
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await world.run('@Budiwati /me link')).text)![0];
    await world.all(`@Wati2 /me link ${code}`, '@Wati2 :click "Ya, akun saya"', '@Budiwati :click "Ya, itu saya"');
    // Only what a coordinator has called the same person goes with the other account.
    await world.all(':click "Orang yang sama"');
    const asked = await world.run('@Budiwati /me forget');
    expect(asked.ok).toBe(true);
    expect(await everything(store)).toMatch(/Budiwati/);
    const forgotten = await world.run('@Budiwati :click "Ya, hapus"');
    expect(forgotten.ok).toBe(true);
    expect(await everything(store)).not.toMatch(/Budiwati|Wati2/);
    expect(forgotten.posts.map(post => post.text).join('\n')).toContain('#2');
    expect((await world.run('/finance summary')).text).toContain('Rp 1.000.000');
    expect((await world.run('/strategy show S-1')).text).toContain('setuju 1');
    expect((await world.run('/issue show I-1')).text).toContain('Penanggung jawab: belum ada');
    expect(world.logged).toEqual([]);
  });

  it('what has been kept long enough goes, the record stays, and a forum chooses for itself', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(
      '/forum setup "Forum Uji" announce:umum',
      '/forum settings history:30 inactive:6',
      '/partner add A sector:ngo',
      '@budi /activity log Gladi',
      '@cici /issue raise Retak',
      '/issue assign I-1 member:cici',
      '/partner assign dodi partner:A role:member',
      '@ega /goal list',
    );
    await world.run('/activity log Rusak date:kapan');
    await world.run('/me link');
    const count = async (name: 'drafts' | 'acts' | 'deliveries' | 'links' | 'activities' | 'events') =>
      (await store.read.select().from(store.tables[name] as never)).length;
    expect([await count('drafts'), await count('links')]).toEqual([1, 1]);
    await retain(store, later(6), false);
    expect(await count('drafts')).toBe(1);
    await retain(store, later(8), false);
    expect([await count('drafts'), await count('acts')]).toEqual([0, 0]);
    const [sent, lines] = [await count('deliveries'), await count('events')];
    expect(sent).toBeGreaterThan(0);
    await retain(store, later(29), true);
    expect([await count('deliveries'), await count('links')]).toEqual([sent, 1]);
    await retain(store, later(31), true);
    expect([await count('deliveries'), await count('links')]).toEqual([0, 0]);
    await retain(store, later(180), true);
    const named = async () => (await store.read.select().from(store.tables.members)).map(one => one.name);
    expect(await named()).toContain('ega');
    await retain(store, later(190), true);
    // The coordinator, who owns an open issue and who sits for a partner stay; who only looked and who left go.
    expect((await named()).sort()).toEqual(['#2', '#5', 'cici', 'dodi', 'sari']);
    expect([await count('activities'), await count('events')]).toEqual([1, lines + 2]);
  });

  it(`a forum that chose nothing keeps its history for ${HISTORY_DAYS} days, and its members for ever`, async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all('/forum setup "Forum Uji" announce:umum', '@budi /activity log Gladi');
    const sent = async () => (await store.read.select().from(store.tables.deliveries)).length;
    await retain(store, later(HISTORY_DAYS - 1), true);
    expect(await sent()).toBeGreaterThan(0);
    await retain(store, later(4_000), true);
    expect(await sent()).toBe(0);
    expect((await world.run('/partner list')).ok).toBe(true);
    expect((await store.read.select().from(store.tables.members)).map(one => one.name)).toContain('budi');
  });

  it('wrong codes are forgotten after a day, and so is what an import would be taken back with', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all('/forum setup "Forum Uji" announce:umum');
    const [{ id: forumId } = { id: '' }] = await store.read.select().from(store.tables.forums);
    const { imports, importRows, codeAttempts } = store.tables;
    await store.write(null, async tx => {
      const made = {
        forumId,
        number: 1,
        kind: 'partners',
        file: 'a.csv',
        counts: { new: 1 },
        madeBy: 1,
        madeAt: START,
      };
      await tx.insert(imports).values({ ...made, undoneBy: null, undoneAt: null });
      const row = { forumId, import: 1, item: 1, thing: 'partner', number: 1, before: null, after: { name: 'A' } };
      await tx.insert(importRows).values({ ...row, event: 1 });
      await noteWrongCode(tx, { platform: 'console', workspace: 'local', account: 'x' }, START);
    });
    const kept = async () => [
      (await store.read.select().from(importRows)).length,
      (await store.read.select().from(codeAttempts)).length,
    ];
    await retain(store, later(0.9), false);
    expect(await kept()).toEqual([1, 1]);
    await retain(store, later(1.1), false);
    expect(await kept()).toEqual([0, 0]);
    // That there was an import stays in the record.
    expect(await store.read.select().from(imports)).toHaveLength(1);
  });

  it('one process a day does the daily part', async () => {
    const store = await open();
    await using _ = await aWorld({ store });
    const both = await Promise.all([isNewDay(store, START), isNewDay(store, START)]);
    expect(both.sort()).toEqual([false, true]);
    expect([await isNewDay(store, START), await isNewDay(store, later(1))]).toEqual([false, true]);
  });
});
