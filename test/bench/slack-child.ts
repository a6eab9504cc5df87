// Started by the bench in a process of its own: a bot on Slack. It says at which port it takes HTTP when it is ready, and
// then, whenever it is asked, how much processor time it has used and how many ballots are stored.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import { count, eq } from 'drizzle-orm';
import { SlackAdapter } from '../../adapters/slack/index.ts';
import { registryOf } from '../../src/app/app.ts';
import { readSettings } from '../../src/app/settings.ts';
import { startApp } from '../../src/app/start.ts';
import { createPainter } from '../../src/charts/pool.ts';
import { systemClock, systemIds } from '../../src/contract/clock.ts';
import { keepHeapSmall } from '../../src/runtime/heap.ts';
import { openStore } from '../../src/storage/open.ts';
import { vaultIn } from '../slack/vault.ts';
import { UNLIMITED } from '../unlimited.ts';
import type { SlackChildOptions, SlackState } from './slack.ts';

const { kind, over, api, botToken, appToken, signingSecret, database } = JSON.parse(
  process.argv[2]!,
) as SlackChildOptions;

/** A bare Bolt handler that acknowledges with "ok". */
async function bare() {
  const receiver =
    over === 'socket'
      ? new SocketModeReceiver({ appToken, installerOptions: { clientOptions: { slackApiUrl: api } } })
      : new HTTPReceiver({ signingSecret });
  const app = new App({ token: botToken, clientOptions: { slackApiUrl: api }, receiver });
  app.command('/rembug', ({ ack }) => ack('ok'));
  const server = (await app.start({ port: 0, host: '127.0.0.1' })) as Server;
  return { port: over === 'http' ? (server.address() as AddressInfo).port : 0, stored: async () => 0 };
}

async function ours() {
  keepHeapSmall();
  const log = { debug() {}, info() {}, warn: console.error, error: console.error };
  const store = await openStore(database);
  const [registry, painter] = [registryOf(), createPainter(log)];
  const adapter = new SlackAdapter({
    botToken,
    appToken: over === 'socket' ? appToken : undefined,
    signingSecret: over === 'http' ? signingSecret : undefined,
    oauth: null,
    publicUrl: undefined,
    apiUrl: api,
    registry,
    log,
    painter,
    vault: vaultIn(new Map()),
  });
  const { port } = await startApp(
    { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } },
    readSettings({ PORT: '0', METRICS_ADDRESS: '' }),
    [{ adapter, routes: adapter.routes }],
    { clock: systemClock, ids: systemIds, painter, fairUse: UNLIMITED },
  );
  const { ballots } = store.tables;
  const stored = async (): Promise<number> =>
    (await store.read.select({ n: count() }).from(ballots).where(eq(ballots.inForce, true)))[0]?.n ?? 0;
  return { port, stored };
}

const { port, stored } = await (kind === 'bare' ? bare() : ours());
process.once('disconnect', () => process.exit(0));
process.on('message', async () => {
  const { user, system } = process.cpuUsage();
  const told: SlackState = { cpuMs: (user + system) / 1_000, stored: await stored() };
  process.send!(told);
});
process.send!(port);
