import { sql } from 'drizzle-orm';
import { isDeaf, type Settings } from '../app/settings.ts';
import type { Log } from '../contract/log.ts';
import { ailments } from '../domain/ailments.ts';
import { brokenAt } from '../domain/money/chain.ts';
import { feedStates } from '../domain/warnings/feeds.ts';
import { isThere, shownAddress } from '../storage/address.ts';
import { StorageFault } from '../storage/faults.ts';
import { openStore } from '../storage/open.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Store } from '../storage/store.ts';
import { differences } from '../storage/structure.ts';
import { defineVerb, faultLines, say, type Words } from './verb.ts';

/** One thing that was looked at: well, or what is wrong with it. */
export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** A channel in which a forum is told things. */
type UsedChannel = Pick<Tables['channels']['$inferSelect'], 'platform' | 'workspace' | 'channel' | 'name'>;

/** Log that says nothing: the finding says what is wrong. */
const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Looks at settings, database and what is configured. Nothing is made; to a database that is there pending migrations
 * are applied, as by every verb. It is gone through whole: its pages, its references, and every forum's ledger line by
 * line. With `recordOnly` no platform is asked, so that it can run beside every backup.
 */
export async function examine(settings: Settings, words: Words, { recordOnly = false } = {}): Promise<Finding[]> {
  const w = words.doctor;
  const findings: Finding[] = [{ name: 'settings', ok: true, detail: w.settings }];
  const add = (name: string, ok: boolean, detail: string): void => void findings.push({ name, ok, detail });
  let channels: UsedChannel[] = [];
  const channelsOn = (platform: UsedChannel['platform']) => channels.filter(one => one.platform === platform);
  try {
    channels = await examineDatabase(settings.databaseUrl, words, add, { recordOnly, feeds: settings.alertFeeds });
  } catch (error) {
    add('database', false, error instanceof StorageFault ? faultLines(error, words).join(' ') : String(error));
  }
  if (recordOnly) return findings;
  if (settings.discord) {
    const { examineDiscord } = await import('../../adapters/discord/examine.ts');
    const { ok, detail } = await examineDiscord(settings.discord, channelsOn('discord'));
    add('discord', ok, detail);
  } else add('discord', true, w.notConfigured);
  if (settings.slack && isDeaf(settings.slack)) add('slack', false, w.deaf);
  else if (settings.slack?.botToken) {
    const { examineSlack } = await import('../../adapters/slack/examine.ts');
    const { botToken, appToken, apiUrl } = settings.slack;
    const { ok, detail } = await examineSlack({ botToken, appToken, apiUrl, channels: channelsOn('slack') }, silent);
    add('slack', ok, detail);
  } else add('slack', true, settings.slack ? w.installed : w.notConfigured);
  return findings;
}

/**
 * Goes through the database whole, if there is one; gives the channels that its forums use.
 * @throws StorageFault where it cannot be opened.
 */
async function examineDatabase(
  url: string,
  words: Words,
  add: (name: string, ok: boolean, detail: string) => void,
  { recordOnly, feeds }: { recordOnly: boolean; feeds: readonly string[] },
): Promise<UsedChannel[]> {
  const w = words.doctor;
  const name = shownAddress(url);
  if (!(await isThere(url))) {
    add('database', true, url === 'file::memory:' ? w.inMemory : w.notMade({ name }));
    return [];
  }
  const store = await openStore(url);
  try {
    add('database', true, w.migrated({ name }));
    if (store.dialect === 'sqlite') {
      const [row] =
        (await store.read.select({ health: sql<string>`integrity_check` }).from(sql`pragma_integrity_check`)) ?? [];
      add('integrity', row?.health === 'ok', row?.health ?? w.noAnswer);
      const orphans = await store.read.select({ table: sql<string>`"table"` }).from(sql`pragma_foreign_key_check`);
      const where = [...new Set(orphans.map(one => one.table))].join(', ');
      add('references', !orphans.length, orphans.length ? w.orphans({ n: orphans.length, where }) : w.whole);
    }
    const altered = await differences(store);
    add('structure', !altered.length, altered.length ? w.altered({ what: altered.join(', ') }) : w.whole);
    const { forums } = store.tables;
    const known = await store.read.select({ id: forums.id, name: forums.name }).from(forums);
    add('forums', true, known.length ? known.map(forum => forum.name).join(', ') : w.noForums);
    const broken: string[] = [];
    for (const forum of known) {
      const line = await brokenAt(store.read, forum.id);
      if (line !== null) broken.push(w.ledgerLine({ forum: forum.name, line }));
    }
    add('ledger', !broken.length, broken.length ? w.brokenLedger({ where: broken.join('; ') }) : w.unbroken);
    if (!recordOnly) {
      for (const one of await feedFindings(store, feeds, words)) add('feeds', one.ok, one.detail);
      const unwell = (await ailments(store.read)).map(one => {
        const where = [one.platform, one.workspace, one.channel].filter(Boolean).join(' ');
        return w.unwell({ where, state: one.state, since: one.since.toISOString(), detail: one.detail });
      });
      add('delivery', !unwell.length, unwell.length ? unwell.join('; ') : w.delivers);
    }
    const { channels: c } = store.tables;
    const { platform, workspace, channel } = c;
    return await store.read.select({ platform, workspace, channel, name: c.name }).from(c);
  } finally {
    await store.close();
  }
}

/** Tells how each feed of alerts fares that may be watched. */
async function feedFindings(store: Store, feeds: readonly string[], { doctor: w }: Words) {
  const states = new Map((await feedStates(store.read, feeds)).map(one => [one.address, one]));
  return feeds.map(address => {
    const state = states.get(address);
    if (!state) return { ok: true, detail: w.feedNotRead({ address }) };
    const { fault, failures } = state;
    const at = state.wellAt?.toISOString() ?? w.never;
    if (fault === null) return { ok: true, detail: w.feedWell({ address, at }) };
    return { ok: false, detail: failures ? w.feedIll({ address, fault, at }) : w.feedPartly({ address, fault }) };
  });
}

/** `--check`: the record alone, without asking the platforms. */
export const doctorVerb = defineVerb({
  options: { check: true },
  takes: {},
  async run({ settings, words, slips }, { check }) {
    const misspelt = slips.map(detail => ({ name: 'settings', ok: false, detail }));
    const findings = [...misspelt, ...(await examine(settings, words, { recordOnly: check ?? false }))];
    say(...findings.map(({ name, ok, detail }) => `${ok ? 'ok  ' : 'fail'} ${name}: ${detail}`));
    return findings.every(finding => finding.ok) ? 0 : 1;
  },
});
