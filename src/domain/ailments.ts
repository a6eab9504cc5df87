import { and, eq } from 'drizzle-orm';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader } from '../storage/store.ts';

/** A platform, workspace or channel that is not well: workspace and channel are empty where it is all of it. */
export type Ailment = Tables['health']['$inferSelect'];

/** All that is not well, the oldest first. */
export const ailments = (db: Reader): Promise<Ailment[]> => {
  const { health: h } = db.tables;
  return db.select().from(h).orderBy(h.since);
};

/** Returns what is not well in the channels of a place. */
export const ailmentsIn = (db: Reader, place: Pick<Ailment, 'platform' | 'workspace'>): Promise<Ailment[]> => {
  const { health: h } = db.tables;
  return db
    .select()
    .from(h)
    .where(and(eq(h.platform, place.platform), eq(h.workspace, place.workspace)));
};
