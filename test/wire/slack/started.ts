import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt';
import { Slack, type SlackOptions } from './slack.ts';

const SECRET = 'stand-in-signing-secret';
const closers: (() => Promise<unknown> | unknown)[] = [];

/** Remembers something to be closed after the test. */
export function opened(close: () => Promise<unknown> | unknown): void {
  closers.push(close);
}

/** Closes what the test has opened, the last first. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}

/** A logger that keeps warnings and errors instead of printing them. */
export function keptLog(): { readonly said: string[]; readonly logger: Logger } {
  const said: string[] = [];
  const keep = (...words: unknown[]) => void said.push(words.map(String).join(' '));
  const nothing = () => undefined;
  const logger = { debug: nothing, info: nothing, warn: keep, error: keep, setLevel: nothing, setName: nothing };
  return { said, logger: { ...logger, getLevel: () => LogLevel.WARN } };
}

/** Makes a bot's options for calling the stand-in: nothing repeated behind its back, nothing waiting for ever. */
export function clientOptions(slack: Slack): webApi.WebClientOptions {
  const { logger } = keptLog();
  return { slackApiUrl: slack.api, timeout: 10_000, rejectRateLimitedCalls: true, retryConfig: { retries: 0 }, logger };
}

/** A Slack with one workspace, one channel and one person, without any app. */
export async function aSlack(options: SlackOptions = {}) {
  const slack = await Slack.start(options);
  opened(() => slack.stop());
  const ana = slack.addUser('Ana', { admin: true });
  const channel = slack.addChannel('umum', { members: [ana] });
  return { slack, ana, channel };
}

/** The same, with a client that holds the workspace's token. */
export async function aClient(options: SlackOptions = {}) {
  const stage = await aSlack(options);
  return { ...stage, client: new webApi.WebClient(stage.slack.team.token, clientOptions(stage.slack)) };
}

/** The same, with the real Bolt started on it by Socket Mode or HTTP. `listen` adds what the app answers. */
export async function started(over: 'socket' | 'http', listen: (app: App) => void, options: SlackOptions = {}) {
  const stage = await aSlack(options);
  const { slack } = stage;
  const { said, logger } = keptLog();
  const common = { token: slack.team.token, clientOptions: clientOptions(slack), logger };
  if (over === 'socket') {
    const installerOptions = { clientOptions: { slackApiUrl: slack.api } };
    // The socket client waits as long as this before it connects again: 5 s unless told.
    const clientPingTimeout = 100;
    const receiver = new SocketModeReceiver({ appToken: slack.appToken, logger, installerOptions, clientPingTimeout });
    const app = new App({ ...common, receiver });
    listen(app);
    await app.start();
    // The library leaves a reconnection that fails unheard, as when the test ends meanwhile.
    const again = receiver.client.start.bind(receiver.client);
    receiver.client.start = () => again().catch(() => new Promise<never>(() => {}));
    opened(() => app.stop());
    await slack.connected();
    return { ...stage, app, said };
  }
  const receiver = new HTTPReceiver({ signingSecret: SECRET, logger });
  const app = new App({ ...common, receiver });
  listen(app);
  const server = (await app.start({ port: 0, host: '127.0.0.1' })) as Server;
  opened(() => {
    server.closeAllConnections();
    return app.stop();
  });
  const { port } = server.address() as AddressInfo;
  slack.http(`http://127.0.0.1:${port}/slack/events`, SECRET);
  return { ...stage, app, said };
}
