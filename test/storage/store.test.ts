import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { MisuseError } from '../../src/storage/scope.ts';
import type { Store, Tx } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';

const AT = new Date('2026-11-24T01:00:00Z');
const forumOf = (id: string, name = id) => ({
  id,
  name,
  locale: 'id' as const,
  zone: 'Asia/Jakarta',
  settings: {},
  createdAt: AT,
});
const add = (tx: Tx, id: string) => tx.insert(tx.tables.forums).values(forumOf(id));
const ids = async (store: Store) =>
  (await store.read.select({ id: store.tables.forums.id }).from(store.tables.forums)).map(row => row.id).sort();
const reason = (error: unknown): string =>
  `${(error as Error).message} ${((error as Error).cause as Error | undefined)?.message ?? ''}`;

describe.each(databases)('a unit of work on $name', ({ open }) => {
  const withStore = async (test: (store: Store) => Promise<void>): Promise<void> => {
    const store = await open();
    try {
      await test(store);
    } finally {
      await store.close();
    }
  };

  it('is all or nothing, across awaits', () =>
    withStore(async store => {
      const failing = store.write('a', async tx => {
        await add(tx, 'one');
        await Promise.resolve();
        await add(tx, 'two');
        throw new Error('stop');
      });
      await expect(failing).rejects.toThrow('stop');
      expect(await ids(store)).toEqual([]);
    }));

  it('loses no increment among 200 that interleave, 20 of them rolled back', () =>
    withStore(async store => {
      const { forums } = store.tables;
      await store.write('a', tx => tx.insert(forums).values(forumOf('x', '0')));
      const one = (i: number) =>
        store.write('a', async tx => {
          const [row] = await tx.select().from(forums).where(eq(forums.id, 'x'));
          await Promise.resolve();
          await tx
            .update(forums)
            .set({ name: String(Number(row!.name) + 1) })
            .where(eq(forums.id, 'x'));
          if (i % 10 === 9) throw new Error('roll back');
        });
      await Promise.allSettled(Array.from({ length: 200 }, (_, i) => one(i)));
      expect((await store.read.select().from(forums))[0]!.name).toBe('180');
    }));

  it('cannot be used after its end, nor the store inside it', () =>
    withStore(async store => {
      let leaked: Tx | undefined;
      await store.write('a', async tx => {
        leaked = tx;
      });
      await expect(
        Promise.resolve(add(leaked!, 'late')).catch(error => {
          throw new Error(reason(error));
        }),
      ).rejects.toThrow('has ended');
      await expect(
        store
          .write('a', async () => {
            await store.read.select().from(store.tables.forums);
          })
          .catch(error => {
            throw new Error(reason(error));
          }),
      ).rejects.toThrow('inside a unit of work');
      await expect(store.write('a', () => store.write('a', async () => {}))).rejects.toThrow(MisuseError);
      expect(await ids(store)).toEqual([]);
    }));

  it('ends with its first error, also when that was swallowed', () =>
    withStore(async store => {
      const swallowing = store.write('a', async tx => {
        await add(tx, 'one');
        try {
          await add(tx, 'one');
        } catch {
          // What must not be done.
        }
      });
      // Where a write is not waited for, its own error comes in the end.
      await expect(swallowing).rejects.toThrow(/swallowed|duplicate key/);
      expect(await ids(store)).toEqual([]);
    }));

  it('is the only way to write', () =>
    withStore(async store => {
      const cheat = store.read as unknown as Tx;
      const write = Promise.resolve(cheat.insert(store.tables.forums).values(forumOf('x')));
      await expect(
        write.catch(error => {
          throw new Error(reason(error));
        }),
      ).rejects.toThrow(/readonly|read-only|25006/);
    }));
});
