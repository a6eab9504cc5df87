// Started by the flood in a process of its own: the whole bot on one platform. It answers what it is asked over the
// channel to whoever started it: how much memory it has, and, where that is asked, how many activities are stored.
import { count } from 'drizzle-orm';
import { DiscordAdapter } from '../../adapters/discord/index.ts';
import { SlackAdapter } from '../../adapters/slack/index.ts';
import { registryOf } from '../../src/app/app.ts';
import { readSettings } from '../../src/app/settings.ts';
import { startApp } from '../../src/app/start.ts';
import { createPainter } from '../../src/charts/pool.ts';
import { single } from '../../src/cluster/single.ts';
import { systemClock, systemIds } from '../../src/contract/clock.ts';
import { keepHeapSmall } from '../../src/runtime/heap.ts';
import { openStore } from '../../src/storage/open.ts';
import { UNLIMITED } from '../unlimited.ts';
import type { FloodOptions, FloodState } from './flood.ts';

const { database, discord, slack } = JSON.parse(process.argv[2]!) as FloodOptions;
keepHeapSmall();
const log = { debug() {}, info() {}, warn() {}, error: console.error };
const store = await openStore(database);
const [registry, painter] = [registryOf(), createPainter(log)];
const kept = new Map<string, string>();
const keep = {
  load: async (name = 'hash') => kept.get(name) ?? null,
  save: async (name: string, value = name) => void kept.set(name, value),
  remove: async (name: string) => void kept.delete(name),
};
const adapter = discord
  ? new DiscordAdapter({
      token: discord.token,
      guildId: undefined,
      apiUrl: discord.api,
      registry,
      log,
      painter,
      registered: keep,
      sharing: single(),
    })
  : new SlackAdapter({
      botToken: slack!.botToken,
      appToken: slack!.appToken,
      signingSecret: undefined,
      oauth: null,
      publicUrl: undefined,
      apiUrl: slack!.api,
      registry,
      log,
      painter,
      vault: keep,
    });
await startApp(
  { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } },
  readSettings({ PORT: '0', METRICS_ADDRESS: '' }),
  [{ adapter }],
  { clock: systemClock, ids: systemIds, painter, fairUse: UNLIMITED },
);
process.once('disconnect', () => process.exit(1));
process.on('message', async asked => {
  // Under a flood a question to the database would wait as the acts do.
  const rows = asked === 'stored' ? await store.read.select({ n: count() }).from(store.tables.activities) : [];
  const told: FloodState = { rss: process.memoryUsage.rss(), stored: rows[0]?.n ?? 0 };
  process.send!(told);
});
process.send!('ready');
