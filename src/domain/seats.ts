import { asc, eq } from 'drizzle-orm';
import { question } from '../storage/once.ts';

/** All seats of a forum, in the order of partners and members. */
export const everySeat = question(
  ['seats'],
  (db, forumId: string) => {
    const { seats } = db.tables;
    return db.select().from(seats).where(eq(seats.forumId, forumId)).orderBy(asc(seats.partner), asc(seats.member));
  },
  rows => rows,
);
