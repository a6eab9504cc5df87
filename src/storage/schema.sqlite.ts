import { sqliteKit } from './kit.ts';
import { defineSchema } from './schema/index.ts';

/** drizzle-kit wants every table exported by name; a test holds this list against the schema. */
export const {
  forums,
  places,
  channels,
  counters,
  members,
  accounts,
  partners,
  seats,
  goals,
  activities,
  activityPartners,
  evidence,
  issues,
  mediators,
  strategies,
  electors,
  voters,
  ballots,
  secretVotes,
  proxies,
  strategyVersions,
  events,
  acts,
  drafts,
  deliveries,
  posts,
  occurrences,
} = defineSchema(sqliteKit);
