import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { newFolder, runProgram } from '../program.ts';

it('a forum that lives in conversations alone is told once which finished figures a corrected rule changed', async () => {
  const address = `file:${join(newFolder(), 'x.db')}`;
  const said = (now: string, ...lines: string[]) => {
    const args = ['console', '--json', '--as', 'sari', '--now', now];
    const run = runProgram(args, { DATABASE_URL: address }, `${lines.join('\n')}\n`);
    expect([run.status, run.stderr]).toEqual([0, '']);
    return run.stdout;
  };
  said(
    '2026-01-05T01:00:00Z',
    '/forum setup "Forum Uji" locale:english announce:news coordinators:coord',
    '/partner add BPBD sector:government',
    '/partner assign budi partner:BPBD role:representative',
    '/indicator add Running unit:people baseline:0 baseline_date:1/1/2026 target:100 due:31/12/2026 frequency:monthly partner:BPBD kind:cumulative aggregate:sum confirm:yes',
    ':skip 40d',
    '@budi /indicator report N-1 150 period:2026-01 confirm:yes',
    ':skip 28d',
    '@budi /indicator report N-1 250 period:2026-02 confirm:yes',
  );
  // As an upgrade leaves it: the first version says nothing of a span, and nobody has compared anything.
  const store = await openStore(address);
  const { indicatorVersions: v, facts } = store.tables;
  const [version] = await store.read.select().from(v);
  const { span: _, ...set } = version!.set;
  await store.write(null, async tx => {
    await tx.update(v).set({ set }).where(eq(v.indicator, 1));
    await tx.delete(facts).where(eq(facts.name, 'figures-restated'));
  });
  await store.close();
  expect(said('2026-03-20T01:00:00Z', '/indicator list', ':skip 1h')).toMatch(
    /worked out anew.*N-1 2026-02: 400 people .* → 250 people/,
  );
  expect(said('2026-03-21T01:00:00Z', '/indicator list', ':skip 1h')).not.toContain('worked out anew');
});
