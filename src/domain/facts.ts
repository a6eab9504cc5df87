import { eq } from 'drizzle-orm';
import type { Store } from '../storage/store.ts';

/** What the installation remembers under a name. */
export async function factOf(store: Store, name: string): Promise<string | null> {
  const { facts } = store.tables;
  const [row] = await store.read.select({ value: facts.value }).from(facts).where(eq(facts.name, name));
  return row?.value ?? null;
}

export async function rememberFact(store: Store, name: string, value: string): Promise<void> {
  const { facts } = store.tables;
  await store.write(null, tx =>
    tx.insert(facts).values({ name, value }).onConflictDoUpdate({ target: facts.name, set: { value } }),
  );
}

export async function forgetFact(store: Store, name: string): Promise<void> {
  const { facts } = store.tables;
  await store.write(null, tx => tx.delete(facts).where(eq(facts.name, name)));
}
