import { eq, sql } from 'drizzle-orm';
import { brokenAt } from '../domain/money/chain.ts';
import type { Log } from '../log.ts';
import { DEAF, isDeaf, type Settings } from '../settings.ts';
import { openStore } from '../storage/open.ts';

/** One thing that was looked at: well, or what is wrong with it. */
export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** What is wrong stands in the finding; the log need not repeat it. */
const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Looks at settings, database and what is configured, without changing anything but pending migrations. The database is
 * gone through whole: its pages, its references, and every forum's ledger line by line. With `recordOnly` no platform is
 * asked, so that it can run beside every backup.
 */
export async function examine(settings: Settings, { recordOnly = false } = {}): Promise<Finding[]> {
  const findings: Finding[] = [{ name: 'settings', ok: true, detail: 'valid' }];
  const add = (name: string, ok: boolean, detail: string): void => void findings.push({ name, ok, detail });
  let onDiscord: { channel: string; name: string }[] = [];
  try {
    const store = await openStore(settings.databaseUrl);
    add('database', true, `${store.dialect}, migrated`);
    if (store.dialect === 'sqlite') {
      const [row] =
        (await store.read.select({ health: sql<string>`integrity_check` }).from(sql`pragma_integrity_check`)) ?? [];
      add('integrity', row?.health === 'ok', row?.health ?? 'no answer');
      const orphans = await store.read.select({ table: sql<string>`"table"` }).from(sql`pragma_foreign_key_check`);
      const where = [...new Set(orphans.map(one => one.table))].join(', ');
      add('references', !orphans.length, orphans.length ? `${orphans.length} lead nowhere, in ${where}` : 'whole');
    }
    const { forums } = store.tables;
    const known = await store.read.select({ id: forums.id, name: forums.name }).from(forums);
    add('forums', true, known.length ? known.map(forum => forum.name).join(', ') : 'none yet: /forum setup');
    const broken: string[] = [];
    for (const forum of known) {
      const line = await brokenAt(store.read, forum.id);
      if (line !== null) broken.push(`${forum.name}: line ${line}`);
    }
    add('ledger', !broken.length, broken.length ? `changed after it was written: ${broken.join('; ')}` : 'unbroken');
    const { channels: c } = store.tables;
    onDiscord = await store.read.select({ channel: c.channel, name: c.name }).from(c).where(eq(c.platform, 'discord'));
    await store.close();
  } catch (error) {
    add('database', false, error instanceof Error ? error.message : String(error));
  }
  if (recordOnly) return findings;
  if (settings.discord) {
    const { examineDiscord } = await import('../../adapters/discord/examine.ts');
    const { ok, detail } = await examineDiscord(settings.discord, onDiscord);
    add('discord', ok, detail);
  } else add('discord', true, 'not configured');
  if (settings.slack && isDeaf(settings.slack)) add('slack', false, DEAF);
  else if (settings.slack?.botToken) {
    const { examineToken } = await import('../../adapters/slack/examine.ts');
    const { ok, detail } = await examineToken(settings.slack.botToken, settings.slack.apiUrl, silent);
    add('slack', ok, detail);
  } else add('slack', true, settings.slack ? 'workspaces install it themselves' : 'not configured');
  return findings;
}
