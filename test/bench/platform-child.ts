// Started by the bench in a process of its own: logs in, says when it is ready and how much memory it takes, and waits.
import { Client, Events, GatewayIntentBits } from 'discord.js';
import { DiscordAdapter } from '../../adapters/discord/index.ts';
import { registryOf } from '../../src/app/app.ts';
import { readSettings } from '../../src/app/settings.ts';
import { startApp } from '../../src/app/start.ts';
import { createPainter } from '../../src/charts/pool.ts';
import { single } from '../../src/cluster/single.ts';
import { systemClock, systemIds } from '../../src/contract/clock.ts';
import { keepHeapSmall } from '../../src/runtime/heap.ts';
import { openStore } from '../../src/storage/open.ts';
import { UNLIMITED } from '../unlimited.ts';

const [kind, api = '', token = '', database = ''] = process.argv.slice(2);

if (kind === 'bare') {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api } });
  client.on(Events.InteractionCreate, interaction => {
    if (interaction.isRepliable()) void interaction.reply('ok');
  });
  const ready = new Promise(done => client.once(Events.ClientReady, done));
  await client.login(token);
  await ready;
} else {
  keepHeapSmall();
  const store = await openStore(database);
  const log = { debug() {}, info() {}, warn: console.error, error: console.error };
  let hash: string | null = null;
  const registered = {
    load: async () => hash,
    save: async (value: string) => {
      hash = value;
    },
  };
  const adapter = new DiscordAdapter({
    token,
    guildId: undefined,
    apiUrl: api,
    registry: registryOf(),
    log,
    // One that remembers nothing paints whatever is asked for.
    painter: createPainter(log, kind === 'forgetful' ? { remembered: 0, patienceMs: 60_000 } : {}),
    registered,
    sharing: single(),
  });
  await startApp(
    { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } },
    readSettings({ PORT: '0', METRICS_ADDRESS: '' }),
    [{ adapter }],
    { clock: systemClock, ids: systemIds, fairUse: UNLIMITED },
  );
}
process.stdout.write(`${process.memoryUsage().rss}\n`);
