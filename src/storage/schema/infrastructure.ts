import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
import type { definePeople } from './people.ts';
import { PLATFORMS } from './platforms.ts';

const OCCURRENCE_STATES = ['pending', 'done', 'suppressed', 'missed'] as const;
const HEALTH_STATES = ['slow', 'ill', 'refused', 'closed', 'gone'] as const;
export const DELIVERY_STATES = ['pending', 'sent', 'suppressed', 'missed', 'failed', 'unknown'] as const;

/** Tables that make acts durable and repeatable: the audit, answers given, drafts, the outbox and the posts. */
export function defineMachine(kit: Kit, { forums }: ReturnType<typeof definePeople>) {
  const { table, text, int, bool, instant, json, sequence, primaryKey, index, uniqueIndex } = kit;

  /** The audit: one line a change, never altered. Histories are read from it. */
  const events = table(
    'events',
    {
      seq: sequence(),
      forumId: text()
        .notNull()
        .references(() => forums.id),
      at: instant().notNull(),
      /** Null: the bot itself, or a person who is to stay unnamed. */
      member: int(),
      kind: text().notNull(),
      thing: text().notNull(),
      number: int().notNull(),
      data: json<Record<string, unknown>>().notNull(),
    },
    t => [index('events_of').on(t.forumId, t.thing, t.number, t.seq), index('events_forum').on(t.forumId, t.seq)],
  );

  /** The first answer to each act: given again when the act is repeated. */
  const acts = table(
    'acts',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      key: text().notNull(),
      answer: json<unknown>().notNull(),
      at: instant().notNull(),
    },
    t => [primaryKey({ columns: [t.forumId, t.key] }), index('acts_at').on(t.at)],
  );

  /** Drafts: what was typed and refused, kept so that it can be mended. */
  const drafts = table(
    'drafts',
    {
      id: text().primaryKey(),
      platform: text().notNull(),
      workspace: text().notNull(),
      account: text().notNull(),
      action: text().notNull(),
      given: json<Record<string, unknown>>().notNull(),
      at: instant().notNull(),
    },
    t => [index('drafts_at').on(t.at), index('drafts_of').on(t.platform, t.workspace, t.account)],
  );

  /**
   * The outbox: what is to be said, to whom, at or after when. It holds what a message is about, never its text.
   * `nextAt` is schedule, retry time and lease at once; null: finished.
   */
  const deliveries = table(
    'deliveries',
    {
      seq: sequence(),
      forumId: text()
        .notNull()
        .references(() => forums.id),
      occurrence: text().notNull(),
      topic: text().notNull(),
      subject: text().notNull(),
      platform: text({ enum: PLATFORMS }).notNull(),
      workspace: text().notNull(),
      /** A channel, or null for a direct message to `member`. */
      channel: text(),
      channelName: text(),
      member: int(),
      /** Instant at which it was meant to be said. */
      due: instant().notNull(),
      state: text({ enum: DELIVERY_STATES }).notNull(),
      reason: text(),
      /** Counts up with each claim and each change: the fence of the process that holds the lease. */
      claim: int().notNull(),
      /** Number of tries in its present state. */
      tries: int().notNull().default(0),
      /** Instant at which its subject changed while the message may already be on its way. */
      staleAt: instant(),
      nextAt: instant(),
      /**
       * End of its claimer's time, in which that one alone may send to that channel or person; null: nobody is at it.
       */
      leasedUntil: instant(),
      /** Sending has begun: if nothing more is known, it may or may not have arrived. */
      startedAt: instant(),
      doneAt: instant(),
      /** The platform's name of a direct message that was sent: its buttons lead back to the forum that wrote it. */
      ref: text(),
      /** A warning: it is claimed before all that is not, and waits for nothing that goes to the same channel. */
      urgent: bool().notNull().default(false),
      /** True: it could not be delivered, and was sent another way instead. */
      elsewhere: bool().notNull().default(false),
    },
    t => [
      uniqueIndex('deliveries_occurrence').on(t.forumId, t.occurrence),
      // By platform first: what waits for one that does not run here is not looked past each second.
      index('deliveries_next').on(t.platform, t.nextAt).where(sql`next_at is not null`),
      index('deliveries_urgent').on(t.platform, t.nextAt).where(sql`next_at is not null and urgent`),
      // For what is forgotten each day, and what a digest counts.
      index('deliveries_done').on(t.forumId, t.doneAt).where(sql`done_at is not null`),
      index('deliveries_leased')
        .on(t.platform, t.workspace, t.channel, t.leasedUntil)
        .where(sql`leased_until is not null`),
      index('deliveries_topic').on(t.forumId, t.topic, t.subject),
      index('deliveries_ref').on(t.platform, t.ref).where(sql`ref is not null`),
      index('deliveries_member').on(t.forumId, t.member, t.topic).where(sql`member is not null`),
    ],
  );

  /** Posts that stand: one row a message that may be edited later. */
  const posts = table(
    'posts',
    {
      forumId: text()
        .notNull()
        .references(() => forums.id),
      topic: text().notNull(),
      subject: text().notNull(),
      platform: text({ enum: PLATFORMS }).notNull(),
      workspace: text().notNull(),
      channel: text().notNull(),
      ref: text().notNull(),
      /** Hash of the view that stands: an equal one is not sent again. */
      hash: text().notNull(),
      postedAt: instant().notNull(),
      editedAt: instant(),
      /** True: somebody deleted it, and it was made anew, which is done once. */
      remade: bool().notNull().default(false),
      /** True: it is a line of a message that says several things; the others have the same `ref`. */
      gathered: bool().notNull().default(false),
    },
    t => [primaryKey({ columns: [t.forumId, t.topic, t.subject, t.platform, t.workspace, t.channel] })],
  );

  /**
   * Occurrences: a vote that closes, a reminder, a digest. Each is a row with a key of its own, so planning it
   * twice makes it once; the timer only looks for what is due.
   */
  const occurrences = table(
    'occurrences',
    {
      seq: sequence(),
      forumId: text()
        .notNull()
        .references(() => forums.id),
      key: text().notNull(),
      kind: text().notNull(),
      subject: text().notNull(),
      /** The instant it was meant for. */
      due: instant().notNull(),
      state: text({ enum: OCCURRENCE_STATES }).notNull(),
      reason: text(),
      /** End of its claimer's time, in which that one alone does what falls due in the forum; null: nobody is at it. */
      leasedUntil: instant(),
      doneAt: instant(),
    },
    t => [
      uniqueIndex('occurrences_key').on(t.forumId, t.key),
      index('occurrences_due').on(t.due).where(sql`state = 'pending'`),
      index('occurrences_pending').on(t.forumId, t.due).where(sql`state = 'pending'`),
      index('occurrences_done').on(t.forumId, t.doneAt).where(sql`done_at is not null`),
      index('occurrences_leased').on(t.forumId, t.leasedUntil).where(sql`leased_until is not null`),
      index('occurrences_subject').on(t.forumId, t.kind, t.subject),
    ],
  );

  /** Ailments: of a platform (workspace and channel empty), a workspace (channel empty) or a channel. */
  const health = table(
    'health',
    {
      platform: text({ enum: PLATFORMS }).notNull(),
      workspace: text().notNull(),
      channel: text().notNull(),
      state: text({ enum: HEALTH_STATES }).notNull(),
      detail: text().notNull(),
      since: instant().notNull(),
      /** Instant before which it is not tried again. */
      until: instant().notNull(),
      failures: int().notNull(),
    },
    t => [primaryKey({ columns: [t.platform, t.workspace, t.channel] })],
  );

  /** Values that the installation itself has to remember, by name. */
  const facts = table('facts', { name: text().primaryKey(), value: text().notNull() });

  /**
   * Leases that one process at a time may hold, such as a shard of Discord: by the database's own clock, so that no two
   * processes have to agree about the time. The fence counts the holders.
   */
  const leases = table('leases', {
    name: text().primaryKey(),
    holder: text().notNull(),
    fence: int().notNull(),
    until: instant().notNull(),
  });

  return { events, acts, drafts, deliveries, posts, occurrences, health, facts, leases };
}
