import { SlackAdapter } from '../../adapters/slack/index.ts';
import { registryOf } from '../../src/app/app.ts';
import { readSettings } from '../../src/app/settings.ts';
import { startApp } from '../../src/app/start.ts';
import { createLog, type Log } from '../../src/contract/log.ts';
import type { Painter } from '../../src/contract/painter.ts';
import type { Maker } from '../../src/reports/maker.ts';
import { PATIENT, patientPainter } from '../charts/patient.ts';
import { newSqliteStore } from '../migrated.ts';
import { UNLIMITED } from '../unlimited.ts';
import { Slack } from '../wire/slack/slack.ts';
import { handed, START } from '../world.ts';

const SECRET = 'stand-in-signing-secret';

/** The whole bot with the real Bolt on the Slack that was written without looking at our adapter. */
export async function onTheWire(
  over: 'socket' | 'http' = 'socket',
  {
    scopes = undefined as readonly string[] | undefined,
    paint = patientPainter as (log: Log) => Painter,
    start = START,
    /** Installed by workspaces themselves, as many as like, instead of having one workspace's token. */
    oauth = false,
    maker = undefined as Maker | undefined,
  } = {},
) {
  const slack = await Slack.start({ ...(scopes && { scopes }) });
  const opened = await newSqliteStore();
  // The record outlives a bot that is started anew.
  const store = new Proxy(opened, {
    get: (target, key) => (key === 'close' ? async () => {} : Reflect.get(target, key)),
  });
  const logged: string[] = [];
  const log = createLog(
    { level: 'warn', format: 'json' },
    () => new Date(0),
    line => logged.push(line),
  );
  const kept = new Map<string, string>();
  let painter = paint(log);
  const anAdapter = () =>
    new SlackAdapter({
      botToken: oauth ? undefined : slack.team.token,
      appToken: over === 'socket' ? slack.appToken : undefined,
      signingSecret: over === 'http' ? SECRET : undefined,
      oauth: oauth
        ? { clientId: slack.oauth.clientId, clientSecret: slack.oauth.clientSecret, stateSecret: SECRET }
        : null,
      publicUrl: undefined,
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
  const adapter = anAdapter();
  const ana = slack.addUser('Ana', { admin: true });
  const budi = slack.addUser('Budi');
  const channel = slack.addChannel('umum', { members: [ana, budi] });
  const news = slack.addChannel('kabar', { members: [ana, budi] });
  const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
  const given = handed(start);
  const begin = (on: SlackAdapter) =>
    startApp(services, readSettings({ PORT: '0', METRICS_ADDRESS: '' }), [{ adapter: on, routes: on.routes }], {
      ...given,
      painter,
      fairUse: UNLIMITED,
      ...(maker && { maker }),
    });
  let app = await begin(adapter);
  if (over === 'http') slack.http(`http://127.0.0.1:${app.port}/slack/events`, SECRET);
  else await slack.connected();
  const send = (user: typeof ana, text: string) => slack.command({ channel, user, command: '/rembug', text });
  return {
    /** What the bot goes by. */
    clock: given.clock,
    slack,
    store,
    logged,
    adapter,
    ana,
    budi,
    channel,
    news,
    send,
    say: (user: typeof ana, text: string) => send(user, text).answered(),
    install: (team = slack.team, by = ana) => slack.install(`http://127.0.0.1:${app.port}/slack/install`, team, by),
    /** Ends the bot and starts it anew on the same record; over Socket Mode. */
    async restart() {
      await app.stop();
      painter = paint(log);
      app = await begin(anAdapter());
      await slack.connected();
    },
    setUp: () => send(ana, 'forum setup "Forum Uji" announce:#kabar').answered(),
    async [Symbol.asyncDispose]() {
      await app.stop();
      await opened.close();
      await slack.stop();
    },
  };
}
