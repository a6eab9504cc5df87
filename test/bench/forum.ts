import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openConsole } from '../../src/app/app.ts';
import { createLog } from '../../src/contract/log.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/store.ts';
import { searchWordsOf } from '../../src/storage/words.ts';

export const START = new Date('2026-11-24T01:00:00Z');
const PIECE = 1_000;

export const newFile = (): string => join(mkdtempSync(join(tmpdir(), 'rembug-bench-')), 'bench.db');

/** A forum in the terminal on a file of its own. */
export async function aForum(url?: string) {
  const file = newFile();
  const store = await openStore(url ?? `file:${file}`);
  const log = createLog(
    { level: 'error', format: 'json' },
    () => START,
    line => process.stderr.write(`${line}\n`),
  );
  const console = openConsole(
    { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } },
    { actor: 'sari', start: START },
  );
  const run = async (line: string): Promise<string> => {
    const result = await console.session.run(line);
    if (!result.ok) throw new Error(`${line}: ${result.text}`);
    return result.text;
  };
  await run('/forum setup Bench');
  const [forum] = await store.read.select().from(store.tables.forums);
  return { ...console, store, run, forumId: forum!.id, file };
}

/**
 * Fills a forum with activities straight into the tables, numbered after those there are; `titles`: of those that have
 * one of their own.
 */
export async function fillActivities(
  store: Store,
  forumId: string,
  from: number,
  to: number,
  titles: Readonly<Record<number, string>> = {},
): Promise<void> {
  const words = ['evakuasi', 'banjir', 'pangan', 'organik', 'sensor', 'gladi', 'rapat', 'penyuluhan'];
  for (let i = from; i <= to; i += PIECE)
    await store.write(null, tx =>
      tx.insert(tx.tables.activities).values(
        Array.from({ length: Math.min(PIECE, to - i + 1) }, (_, k) => {
          const n = i + k;
          const title = titles[n] ?? `${words[n % 8]} ${words[(n * 7) % 8]} ke-${n}`;
          return {
            forumId,
            number: n,
            title,
            kind: 'training' as const,
            state: 'done' as const,
            date: '2026-11-01',
            participants: n % 90,
            search: searchWordsOf(title).join(' '),
            createdBy: 1,
            createdAt: START,
          };
        }),
      ),
    );
}

/** Fills a vote with partners, each with a voter; returns the number of the proposal. */
export async function fillVote(forum: Awaited<ReturnType<typeof aForum>>, voters: number): Promise<void> {
  const { store, forumId, run } = forum;
  await run('/partner add Satu');
  await run('/partner assign satu partner:Satu role:representative');
  await run('/strategy propose "Bench" rationale:x closes:30d method:majority');
  const number = 1;
  const { electors, voters: table, ballots, members } = store.tables;
  for (let i = 2; i <= voters; i += PIECE) {
    const range = Array.from({ length: Math.min(PIECE, voters - i + 1) }, (_, k) => i + k);
    await store.write(null, async tx => {
      await tx.insert(members).values(
        range.map(n => ({
          forumId,
          number: n + 10,
          name: `m${n}`,
          folded: `m${n}`,
          coordinator: false,
          createdAt: START,
        })),
      );
      await tx
        .insert(electors)
        .values(range.map(n => ({ forumId, strategy: number, unit: n, name: `P${n}`, sector: null })));
      await tx
        .insert(table)
        .values(
          range.map(n => ({ forumId, strategy: number, member: n + 10, unit: n, role: 'representative' as const })),
        );
      await tx.insert(ballots).values(
        range.map(n => ({
          forumId,
          strategy: number,
          unit: n,
          round: 1,
          choice: n % 3 ? ('agree' as const) : ('disagree' as const),
          castBy: n + 10,
          castAt: START,
          inForce: true,
        })),
      );
    });
  }
}
