import { createWriteStream, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { and, asc, eq, getTableColumns, type Table } from 'drizzle-orm';
import { hashesInUse, partsOf } from '../domain/files/store.ts';
import type { Forum } from '../domain/forums.ts';
import { catalogue } from '../language/messages.ts';
import { keyOf } from '../storage/keys.ts';
import { makeFolder } from '../storage/private-file.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Store } from '../storage/store.ts';
import { fold } from '../storage/words.ts';
import { csvOf } from '../views/csv.ts';
import { ExportPackage } from './export-package.ts';
import { complain, defineVerb, say, type Words, withRecord } from './verb.ts';

/** Tables of an export, a file each. */
export const EXPORTED = [
  'members',
  'places',
  'channels',
  'partners',
  'seats',
  'seatRequests',
  'goals',
  'activities',
  'activityPartners',
  'minutes',
  'attendances',
  'series',
  'invitees',
  'evidence',
  'files',
  'issues',
  'strategies',
  'electors',
  'voters',
  'ballots',
  'proxies',
  'strategyVersions',
  'polls',
  'pollOptions',
  'pollElectors',
  'pollVoters',
  'pollBallots',
  'frameworks',
  'assessments',
  'assessmentAnswers',
  'assessmentSettlements',
  'assessmentIndicators',
  'agreements',
  'agreementParties',
  'actions',
  'pulses',
  'pulseCounts',
  'entries',
  'ledgerLines',
  'ledgerMonths',
  'budgets',
  'indicators',
  'indicatorPartners',
  'indicatorVersions',
  'reports',
  'unlocks',
  'holidays',
  'announcements',
  'sightings',
  'events',
] as const satisfies readonly (keyof Tables)[];

/** Tables left out, and why: a test holds that every table of a forum is in one list or the other. */
export const LEFT_OUT = {
  imports: 'each of them is a line of the audit',
  importRows: 'what an undo needs',
  fileParts: 'the content of files: they stand beside the tables, in the folder `files`',
  approvalVoids: 'each of them is a line of the audit',
  accounts: 'whose account is whose on a platform: each person takes their own along (/me export)',
  mediators: 'only those of private issues',
  secretBallots: 'what is voted in secret while a vote is open',
  secretVotes: 'what was voted in secret is in the outcome, as sums',
  pollSecretBallots: 'what is voted in secret while a poll is open',
  pollSecretVotes: 'what was voted in secret is in the count, as sums',
  pulseMarks: 'one-way marks, gone at the close',
  reviews: 'a talk between those who take part in it',
  reviewNotes: 'a talk between those who take part in it',
  invitations: 'hashes of codes',
  links: 'hashes of codes',
  calendarTokens: 'hashes of secret addresses',
  alertOffers: 'drafts of agencies’ alerts: those that were passed on are announcements',
  snoozes: 'a person’s own settings',
  counters: 'the machine’s own',
  cursors: 'the machine’s own',
  acts: 'the machine’s own',
  deliveries: 'the machine’s own',
  posts: 'the machine’s own',
  occurrences: 'the machine’s own',
} as const satisfies Partial<Record<keyof Tables, string>>;

/** Columns that only the machine needs: those of calendars only ever go on, also where a change is taken back. */
const HIDDEN = new Set([
  ...['seq', 'forumId', 'folded', 'search', 'salt', 'complete', 'expiresAt', 'seed'],
  ...['sequence', 'changedAt'],
]);
/** Events of a person's own, of talks between those who take part, and of what was not sent or said to all. */
const OWN_EVENTS = ['me.', 'review.', 'partner.commented', 'announcement.written'];
/** A person’s own settings. */
const OWN = new Set(['locale', 'zone', 'quietFrom', 'quietTo']);

/** Key of the thing that a row is about. */
type OfThing = {
  readonly thing?: unknown;
  readonly number?: unknown;
  readonly isPrivate?: unknown;
  readonly kind?: unknown;
};

/** The forums that are meant: the one of that id, else those called so, else those in whose name it stands. */
export async function forumsNamed(store: Store, typed: string): Promise<Forum[]> {
  const all = await store.read.select().from(store.tables.forums).orderBy(asc(store.tables.forums.id));
  const wanted = fold(typed);
  const ways: ((one: Forum) => boolean)[] = [
    one => one.id === typed,
    one => one.name === typed,
    one => fold(one.name) === wanted,
    one => fold(one.name).includes(wanted),
  ];
  return ways.map(way => all.filter(way)).find(found => found.length) ?? [];
}

/**
 * The one forum that is meant.
 * @returns null where there is none or are several, which is told.
 */
export async function oneForum(store: Store, name: string, words: Words): Promise<Forum | null> {
  const [forum, ...others] = await forumsNamed(store, name);
  if (forum && !others.length) return forum;
  const listed = forum ? [forum, ...others] : await store.read.select().from(store.tables.forums);
  const told = forum ? words.severalForums : listed.length ? words.noForumNamed : words.noForumYet;
  complain(told, ...listed.map(one => `- ${one.name} (${one.id})`));
  return null;
}

/**
 * Writes everything of one forum that its members may read, each table as CSV and as JSON, for the owner of the files
 * alone. Private issues and actions stay out, with their evidence and history; an anonymous author is stored nowhere and so cannot
 * leave. Rows stand in the order of their keys, so the same record gives the same files; `datapackage.json` tells what
 * they are. Returns the files.
 */
export async function exportForum(store: Store, forum: Forum, folder: string): Promise<string[]> {
  const { issues } = store.tables;
  const hidden = await store.read
    .select({ number: issues.number })
    .from(issues)
    .where(and(eq(issues.forumId, forum.id), eq(issues.isPrivate, true)));
  const secret = new Set(hidden.map(one => one.number));
  const { actions } = store.tables;
  const closed = await store.read
    .select({ number: actions.number })
    .from(actions)
    .where(and(eq(actions.forumId, forum.id), eq(actions.isPrivate, true)));
  const between = new Set(closed.map(one => one.number));
  const { pulses } = store.tables;
  const asked = await store.read.select().from(pulses).where(eq(pulses.forumId, forum.id));
  const running = new Set(asked.filter(one => one.closedAt === null).map(one => one.number));
  const { polls } = store.tables;
  const votes = await store.read.select().from(polls).where(eq(polls.forumId, forum.id));
  const hiddenPolls = new Set(votes.filter(one => !one.outcome && one.rule.results !== 'live').map(one => one.number));
  const isOpen = ({ isPrivate, thing, number, kind }: OfThing): boolean =>
    isPrivate !== true &&
    !(thing === 'issue' && secret.has(number as number)) &&
    !(thing === 'action' && between.has(number as number)) &&
    !OWN_EVENTS.some(beginning => String(kind).startsWith(beginning));
  /** Rows that members may not read yet: sums of an open survey, a poll counted later, what was not sent. */
  const isOut: Partial<Record<(typeof EXPORTED)[number], (row: Record<string, unknown>) => boolean>> = {
    pollBallots: row => !hiddenPolls.has(row.poll as number),
    pulseCounts: row => !running.has(row.pulse as number),
    announcements: row => row.sentAt !== null,
    files: row => inUse.has(row.hash as string),
  };
  const hashes = await hashesInUse(store.read, forum.id);
  const inUse = new Set(hashes);
  makeFolder(folder, 0o700);
  const files: string[] = [];
  const save = (file: string, content: string): void => {
    writeFileSync(join(folder, file), content, { mode: 0o600 });
    files.push(file);
  };
  const described = new ExportPackage(store);
  const write = (file: string, table: Table | null, rows: readonly Record<string, unknown>[]): void => {
    const shows = (key: string): boolean => !HIDDEN.has(key) && !(file === 'members' && OWN.has(key));
    const visible = rows.map(row => Object.fromEntries(Object.entries(row).filter(([key]) => shows(key))));
    const head = Object.keys(table ? getTableColumns(table) : (rows[0] ?? {})).filter(shows);
    described.add(file, table, head, visible);
    save(`${file}.json`, `${JSON.stringify(visible, null, 2)}\n`);
    save(`${file}.csv`, csvOf([head, ...visible.map(row => head.map(key => cell(row[key])))]));
  };
  const { name: called, locale, zone, settings, createdAt } = forum;
  write('forum', null, [{ name: called, locale, zone, settings, createdAt }]);
  for (const subject of EXPORTED) {
    const table = store.tables[subject];
    const rows = await store.read
      .select()
      .from(table as never)
      .where(eq(forumColumn(table), forum.id))
      .orderBy(...keyOf(store, table).map(column => asc(column)));
    const mayLeave = isOut[subject] ?? (() => true);
    write(
      subject,
      table,
      (rows as Record<string, unknown>[]).filter(row => isOpen(row) && mayLeave(row)),
    );
  }
  files.push(...(await exportFiles(store, forum.id, folder, hashes)));
  const kept = hashes.map(hash => ({ hash, bytes: statSync(join(folder, 'files', hash)).size }));
  save('datapackage.json', described.text(forum, catalogue[locale], kept));
  return files;
}

/** Writes the content of each file that the record refers to, under its hash; the tables tell their names. */
async function exportFiles(
  store: Store,
  forumId: string,
  folder: string,
  hashes: readonly string[],
): Promise<string[]> {
  if (hashes.length) makeFolder(join(folder, 'files'), 0o700);
  for (const hash of hashes)
    await pipeline(
      Readable.from(partsOf(store.read, forumId, hash)),
      createWriteStream(join(folder, 'files', hash), { mode: 0o600 }),
    );
  return hashes.map(hash => join('files', hash));
}

const forumColumn = (table: Table) => (table as unknown as { forumId: Parameters<typeof eq>[0] }).forumId;

const cell = (value: unknown): string | number | null => {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
};

export const exportVerb = defineVerb({
  options: { forum: 'NAME', out: 'DIR' },
  takes: {},
  needs: ['forum', 'out'],
  async run(verb, { forum: name, out }) {
    return withRecord(verb, async store => {
      const forum = await oneForum(store, name, verb.words);
      if (!forum) return 1;
      say(...(await exportForum(store, forum, out)));
      return 0;
    });
  },
});
