import { SlackAdapter } from '../../adapters/slack/index.ts';
import { registryOf } from '../../src/app/app.ts';
import { readSettings } from '../../src/app/settings.ts';
import { startApp } from '../../src/app/start.ts';
import type { RateLimits } from '../../src/bot/rate-limit.ts';
import { createLog } from '../../src/contract/log.ts';
import { PATIENT, patientPainter } from '../charts/patient.ts';
import { newSqliteStore } from '../migrated.ts';
import { handed } from '../world.ts';
import { Slack } from './slack.ts';

const NOTHING = {
  botToken: undefined,
  appToken: undefined,
  signingSecret: undefined,
  oauth: null,
  publicUrl: undefined,
};

/** The whole bot with the real Bolt, connected over Socket Mode (or HTTP, or both, or installed through OAuth) to a Slack on the loopback. */
export async function aSlackApp(over: 'socket' | 'http' | 'both' | 'oauth' = 'socket', fairUse?: RateLimits) {
  const slack = await Slack.start();
  const store = await newSqliteStore();
  const logged: string[] = [];
  const log = createLog(
    { level: 'warn', format: 'json' },
    () => new Date(0),
    line => logged.push(line),
  );
  const kept = new Map<string, string>();
  const painter = patientPainter(log);
  const adapter = new SlackAdapter({
    ...NOTHING,
    ...(over === 'oauth'
      ? { oauth: { clientId: '1.2', clientSecret: 'c', stateSecret: 'rahasia' } }
      : { botToken: 'xoxb-test' }),
    ...((over === 'http' || over === 'both') && { signingSecret: 'secret' }),
    ...(over !== 'http' && { appToken: 'xapp-test' }),
    apiUrl: slack.api,
    registry: registryOf(),
    log,
    painter,
    patience: PATIENT,
    vault: {
      load: async name => kept.get(name) ?? null,
      save: async (name, value) => void kept.set(name, value),
      remove: async name => void kept.delete(name),
    },
  });
  const ana = slack.addPerson('Ana', { admin: true });
  const budi = slack.addPerson('Budi');
  const channel = slack.addChannel('umum');
  const news = slack.addChannel('kabar');
  const settings = readSettings({ PORT: '0', METRICS_ADDRESS: '' });
  const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
  const given = handed();
  const app = await startApp(services, settings, [{ adapter, routes: adapter.routes }], {
    ...given,
    painter,
    ...(fairUse && { fairUse }),
  });
  return {
    /** What the bot goes by. */
    clock: given.clock,
    slack,
    store,
    logged,
    kept,
    adapter,
    ana,
    budi,
    channel,
    news,
    port: app.port,
    say: (user: typeof ana, text: string) => slack.command(user, channel, text),
    async [Symbol.asyncDispose]() {
      await app.stop();
      await slack.stop();
    },
  };
}
