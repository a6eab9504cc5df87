import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog, logging } from '../../src/contract/log.ts';
import type { Store, Tx } from '../../src/storage/store.ts';
import { newSqliteStore } from '../migrated.ts';

const NEVER = new Date(0);
const { exec } = Database.prototype;
let store: Store;
/** Statements about the connection's transactions, in order; and what was told to whom, between. */
let heard: string[] = [];
let writer: Database.Database | null = null;
/** Error with which the next COMMIT fails. */
let fault: Error | null = null;

beforeEach(async () => {
  store = await newSqliteStore();
  await store.write(null, tx =>
    tx
      .insert(tx.tables.forums)
      .values({ id: 'f', name: 'F', locale: 'id', zone: 'UTC', settings: {}, createdAt: NEVER }),
  );
  heard = [];
  fault = null;
  Database.prototype.exec = function (this: Database.Database, source: string) {
    heard.push(source);
    writer = this;
    if (source === 'COMMIT' && fault) throw fault;
    return exec.call(this, source);
  };
});

afterEach(async () => {
  Database.prototype.exec = exec;
  await store.close();
});

const add = (tx: Tx, name: string) => tx.insert(tx.tables.cursors).values({ forumId: 'f', name, at: NEVER });

const names = async (): Promise<string[]> => {
  const { cursors } = store.tables;
  return (await store.read.select({ name: cursors.name }).from(cursors)).map(row => row.name).sort();
};

/** Units of several forums at once; what each is told is heard. */
const atOnce = (works: readonly ((tx: Tx) => Promise<unknown>)[]) =>
  Promise.all(
    works.map((work, i) =>
      store.write(`f${i}`, work).then(
        () => heard.push(`told ${i}`),
        error => heard.push(`failed ${i}: ${(error as Error).message}`),
      ),
    ),
  );

describe('units of several forums that wait on SQLite', () => {
  it('are made durable once for all, and each is told only after that', async () => {
    await atOnce(['a', 'b', 'c'].map(name => tx => add(tx, name)));
    expect(heard.filter(one => !one.endsWith('unit'))).toEqual([
      'BEGIN IMMEDIATE',
      'COMMIT',
      'told 0',
      'told 1',
      'told 2',
    ]);
    expect(await names()).toEqual(['a', 'b', 'c']);
  });

  it('one alone is a transaction and nothing more', async () => {
    await store.write('f', tx => add(tx, 'a'));
    expect(heard).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
  });

  it('one that fails takes back what it did, and the others stand', async () => {
    await atOnce([
      tx => add(tx, 'a'),
      async tx => {
        await add(tx, 'b');
        throw new Error('no');
      },
      tx => add(tx, 'c'),
    ]);
    expect(heard.filter(one => one.includes(' 1')).length).toBe(1);
    expect(heard).toContain('failed 1: no');
    expect(heard.filter(one => one === 'COMMIT')).toHaveLength(1);
    expect(await names()).toEqual(['a', 'c']);
  });

  it('the first that fails does not keep the others from theirs', async () => {
    await atOnce([
      async tx => {
        await add(tx, 'a');
        throw new Error('no');
      },
      tx => add(tx, 'b'),
      tx => add(tx, 'c'),
    ]);
    expect(heard.filter(one => one.startsWith('failed'))).toEqual(['failed 0: no']);
    expect(await names()).toEqual(['b', 'c']);
  });

  it('none is told done where the disk does not take them', async () => {
    fault = Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' });
    await atOnce(['a', 'b'].map(name => tx => add(tx, name)));
    expect(heard.filter(one => /^(told|failed)/.test(one)).map(one => one.slice(0, 8))).toEqual([
      'failed 0',
      'failed 1',
    ]);
    fault = null;
    expect(await names()).toEqual([]);
    await store.write('f', tx => add(tx, 'd'));
    expect(await names()).toEqual(['d']);
  });

  it('those that joined one whose fault ended the transaction are told that theirs is lost', async () => {
    await atOnce([
      tx => add(tx, 'a'),
      async tx => {
        await add(tx, 'b');
        // As SQLite itself does where the disk is full.
        exec.call(writer!, 'ROLLBACK');
        throw Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' });
      },
      tx => add(tx, 'c'),
    ]);
    expect(
      heard
        .filter(one => /^(told|failed)/.test(one))
        .map(one => one.slice(0, 8))
        .sort(),
    ).toEqual(['failed 0', 'failed 1', 'told 2']);
    expect(await names()).toEqual(['c']);
  });

  it('each works in the context of whoever asked for it', async () => {
    const lines: string[] = [];
    const log = createLog(
      { level: 'info', format: 'json' },
      () => new Date(0),
      line => lines.push(line),
    );
    await Promise.all(
      ['x', 'y', 'z'].map(act =>
        logging({ act }, () =>
          store.write(act, async tx => {
            await add(tx, act);
            log.info(act);
          }),
        ),
      ),
    );
    expect(lines.map(line => JSON.parse(line)).every(({ act, message }) => act === message)).toBe(true);
    expect(lines).toHaveLength(3);
  });
});
