import { webApi } from '@slack/bolt';
import { SlackAdapter } from '../../adapters/slack/index.ts';
import { registryOf } from '../../src/app/app.ts';
import { readSettings } from '../../src/app/settings.ts';
import { startApp } from '../../src/app/start.ts';
import type { RateLimits } from '../../src/bot/rate-limit.ts';
import { createLog, type Log } from '../../src/contract/log.ts';
import type { Painter } from '../../src/contract/painter.ts';
import type { Maker } from '../../src/reports/maker.ts';
import { PATIENT, PATIENT_MS, patientPainter } from '../charts/patient.ts';
import { newSqliteStore } from '../migrated.ts';
import { UNLIMITED } from '../unlimited.ts';
import { objectOf, objectsOf } from '../wire/discord/json.ts';
import type { Exchange } from '../wire/slack/exchange.ts';
import type { Consent } from '../wire/slack/install.ts';
import type { Message, View } from '../wire/slack/model.ts';
import { Slack } from '../wire/slack/slack.ts';
import { handed, START } from '../world.ts';
import { vaultIn } from './vault.ts';

/** Signs requests over HTTP. */
export const SECRET = 'stand-in-signing-secret';

/** Shows all fields of a form whose first ones stand there; what was filled in stays. */
export async function widened(slack: Slack, view: View, user: Parameters<Slack['click']>[2]): Promise<View> {
  const more = objectsOf(view.json.blocks).find(block => block.block_id === '_more');
  const [button] = objectsOf(more?.elements);
  await slack.click(view, String(objectOf(button?.text).text), user).answered();
  return view;
}

/** Shows blocks in a window, which opens by the trigger of an act that the app has not used it for. */
export async function inWindow(slack: Slack, by: Exchange, blocks: unknown, channel: string | null): Promise<View> {
  const client = new webApi.WebClient(slack.team.token, { slackApiUrl: slack.api });
  const title = { type: 'plain_text', text: 'Rembug' } as const;
  const view = { type: 'modal', callback_id: 'result', private_metadata: JSON.stringify({ channel }), title } as const;
  await client.views.open({ trigger_id: String(by.payload.trigger_id), view: { ...view, blocks: blocks as [] } });
  return by.opened.at(-1)!;
}

/** Tells whether the person was shown an answer of their own. */
const isShown = ({ problem, responses, told, opened }: Exchange): boolean =>
  problem !== null || responses.length + told.length + opened.length > 0;

/**
 * The whole bot with the real Bolt on the Slack that was written without looking at our adapter; `both`: prepared for
 * requests over HTTP too, which `overHttp` begins.
 */
export async function aSlackApp(
  over: 'socket' | 'http' | 'both' = 'socket',
  {
    scopes = undefined as readonly string[] | undefined,
    paint = patientPainter as (log: Log) => Painter,
    start = START,
    /** Installed by workspaces themselves, as many as like, instead of having one workspace's token. */
    oauth = false,
    maker = undefined as Maker | undefined,
    fairUse = UNLIMITED as RateLimits,
    formTimeoutMs = PATIENT_MS,
    replyTimeoutMs = PATIENT_MS,
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
      appToken: over === 'http' ? undefined : slack.appToken,
      signingSecret: over === 'socket' ? undefined : SECRET,
      oauth: oauth
        ? { clientId: slack.oauth.clientId, clientSecret: slack.oauth.clientSecret, stateSecret: SECRET }
        : null,
      publicUrl: undefined,
      apiUrl: slack.api,
      registry: registryOf(),
      log,
      painter,
      pictureTimeouts: PATIENT,
      formTimeoutMs,
      replyTimeoutMs,
      vault: vaultIn(kept),
    });
  const adapter = anAdapter();
  const ana = slack.addUser('Ana', { handle: 'Ana', admin: true });
  const budi = slack.addUser('Budi', { handle: 'Budi' });
  const channel = slack.addChannel('umum', { members: [ana, budi] });
  const news = slack.addChannel('kabar', { members: [ana, budi] });
  const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
  const given = handed(start);
  const begin = (on: SlackAdapter) =>
    startApp(services, readSettings({ PORT: '0', METRICS_ADDRESS: '' }), [{ adapter: on, routes: on.routes }], {
      ...given,
      painter,
      fairUse,
      ...(maker && { maker }),
    });
  let app = await begin(adapter);
  const overHttp = (): void => slack.http(`http://127.0.0.1:${app.port}/slack/events`, SECRET);
  if (over === 'http') overHttp();
  else await slack.connected();
  const send = (user: typeof ana, text: string) => slack.command({ channel, user, command: '/rembug', text });
  return {
    /** Clock of the bot. */
    clock: given.clock,
    slack,
    store,
    logged,
    adapter,
    ana,
    budi,
    channel,
    news,
    kept,
    /** The port of HTTP. */
    port: app.port,
    overHttp,
    send,
    /** Presses a button; resolves with what its person is shown, whatever else becomes of the message meanwhile. */
    press: (on: Message | View, label: string, user: typeof ana) =>
      slack.click(on, label, user).until(isShown, 'the answer'),
    say: (user: typeof ana, text: string) => send(user, text).answered(),
    install: (team = slack.team, by = ana, consent?: Consent) =>
      slack.install(`http://127.0.0.1:${app.port}/slack/install`, team, by, consent),
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
