import { eq, like } from 'drizzle-orm';
import type { Store } from '../storage/store.ts';

/** Returns what the installation remembers under a name. */
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

/** A message that a platform did not take as it was made: a bug of ours, for the operator. */
export interface RefusedMessage {
  readonly platform: string;
  readonly topic: string;
  readonly at: Date;
}

const REFUSED = 'refused-message:';

/** Remembers the last message of each topic that a platform did not take as it was made. */
export const noteRefused = (store: Store, { platform, topic, at }: RefusedMessage): Promise<void> =>
  rememberFact(store, `${REFUSED}${platform}:${topic}`, at.toISOString());

/** The messages that platforms did not take as they were made, since an instant. */
export async function refusedSince(store: Store, since: Date): Promise<RefusedMessage[]> {
  const { facts } = store.tables;
  const rows = await store.read
    .select()
    .from(facts)
    .where(like(facts.name, `${REFUSED}%`));
  return rows.flatMap(({ name, value }) => {
    const [, platform = '', topic = ''] = name.split(':');
    return new Date(value) > since ? [{ platform, topic, at: new Date(value) }] : [];
  });
}

export async function forgetFact(store: Store, name: string): Promise<void> {
  const { facts } = store.tables;
  await store.write(null, tx => tx.delete(facts).where(eq(facts.name, name)));
}
