import { asc } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { nextTurn } from '../../src/runtime/event-loop.ts';
import type { Store } from '../../src/storage/store.ts';
import { rowsByFirst } from '../../src/storage/together.ts';
import { databases } from '../databases.ts';

const AT = new Date('2026-11-24T01:00:00Z');

/** Attempts at a code in three workspaces: rows that hang on no others. */
const rowOf = (n: number) => ({
  ...{ platform: 'console' as const, workspace: `w${n % 3}`, account: `a${String(n).padStart(2, '0')}` },
  at: new Date(AT.getTime() + n),
});

const filled = (store: Store): Promise<void> =>
  store.write(null, async tx => {
    await tx.insert(tx.tables.codeAttempts).values(Array.from({ length: 30 }, (_, n) => rowOf(n)));
  });

describe.each(databases)('rows in turns on $name', ({ open }) => {
  const query = ({ read }: Pick<Store, 'read'>) => {
    const { codeAttempts: c } = read.tables;
    return read
      .select({ workspace: c.workspace, account: c.account, at: c.at })
      .from(c)
      .orderBy(asc(c.workspace), asc(c.account));
  };

  it('Y10: rows come by their first column as a plain question has them, in its order', async () => {
    const store = await open();
    await filled(store);
    const rows = await query(store);
    const groups = await rowsByFirst<string, (typeof rows)[number]>(store.read, query(store));
    expect([...groups.keys()].sort()).toEqual(['w0', 'w1', 'w2']);
    expect([...groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, all]) => all)).toEqual(rows);
    expect(rows[0]!.at).toEqual(AT);
    await store.close();
  });

  it('Y10: they are of one instant, and what others write and read meanwhile is not held up', async () => {
    const store = await open();
    await filled(store);
    const seen: string[] = [];
    const reading = store.read.each(query(store), row => void seen.push(row.account));
    await store.write(null, tx => tx.delete(tx.tables.codeAttempts));
    expect(await query(store)).toEqual([]);
    await reading;
    expect(seen.length === 30 || seen.length === 0).toBe(true);
    await nextTurn();
    await store.close();
  });

  it('Y10: a unit of work reads what it has written', async () => {
    const store = await open();
    await filled(store);
    const seen = await store.write(null, async tx => {
      const { codeAttempts: c } = tx.tables;
      await tx.insert(c).values(rowOf(30));
      const accounts: string[] = [];
      const query = tx.select({ account: c.account }).from(c).orderBy(asc(c.account));
      await tx.each(query, row => void accounts.push(row.account));
      return accounts;
    });
    expect(seen.length).toBe(31);
    expect(seen.at(-1)).toBe('a30');
    await store.close();
  });
});
