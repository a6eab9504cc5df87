import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Authorize, HTTPReceiver, type Receiver } from '@slack/bolt';
import { InFlight } from '../../src/adapter-kit/in-flight.ts';
import type { PictureTimeouts } from '../../src/adapter-kit/pictures.ts';
import type { Registry } from '../../src/bot/registry.ts';
import type { Adapter, Bot, Outgoing, SendResult } from '../../src/contract/act.ts';
import { chatCall } from '../../src/contract/chat-call.ts';
import type { Log } from '../../src/contract/log.ts';
import type { Painter } from '../../src/contract/painter.ts';
import { clientOf, clientOptions, slackLog } from './clients.ts';
import { createDoor, MAX_BODY_BYTES } from './door.ts';
import { Intake } from './draining-app.ts';
import { newestOf, stateKeyOf } from './encryption.ts';
import { greet } from './greeting.ts';
import { listen } from './handlers.ts';
import { type Access, type Installations, keptInstallations, type Vault } from './installations.ts';
import { LIMITS } from './render.ts';
import { SCOPES } from './scopes.ts';
import { Sender } from './send.ts';
import { Link } from './socket.ts';
import { Gallery } from './uploads.ts';
import { Workspaces } from './workspaces.ts';

export interface SlackOptions {
  readonly botToken: string | undefined;
  readonly appToken: string | undefined;
  readonly signingSecret: string | undefined;
  readonly oauth: { readonly clientId: string; readonly clientSecret: string; readonly stateSecret: string } | null;
  readonly apiUrl: string | undefined;
  readonly publicUrl: string | undefined;
  readonly registry: Registry;
  readonly log: Log;
  readonly painter: Painter;
  readonly pictureTimeouts?: PictureTimeouts;
  /** Timeout of what is shown in the window of a form, ms. */
  readonly formTimeoutMs?: number;
  /** Timeout of an answer on its way, ms. */
  readonly replyTimeoutMs?: number;
  readonly vault: Vault;
}

type Route = (request: IncomingMessage, response: ServerResponse, visitor: string) => Promise<void>;

/** Slack as a platform: it translates events into acts and views into messages, and nothing more. */
export class SlackAdapter implements Adapter {
  readonly platform = 'slack';
  readonly limits = LIMITS;
  /** HTTP routes: events, where Slack signs them, and the pages to install us. */
  readonly routes: Readonly<Record<string, Route>>;
  readonly #deps: SlackOptions;
  readonly #workspaces: Workspaces;
  readonly #gallery: Gallery;
  readonly #sender: Sender;
  /** Receiver of events over HTTP and of installing: Bolt takes no way to authorize from one that does both. */
  readonly #events: HTTPReceiver | null;
  readonly #pages: HTTPReceiver | null;
  /** The one workspace of a bot token, known once Slack has told us. */
  #own: Access | null = null;
  readonly #begun = new InFlight();
  #intake: Intake | null = null;
  #link: Link | null = null;
  #started = false;
  #bot: Bot | null = null;

  constructor(deps: SlackOptions) {
    this.#deps = deps;
    const kept =
      deps.oauth &&
      keptInstallations(deps.vault, deps.oauth.stateSecret, (workspace, installer) =>
        this.#installed(workspace, installer),
      );
    this.#workspaces = new Workspaces(kept ?? this.#ownOnly(), clientOptions(deps.apiUrl, deps.log), deps.log, {
      isOnly: !kept,
    });
    this.#gallery = new Gallery(deps.painter, deps.log, deps.pictureTimeouts);
    this.#sender = new Sender(this.#workspaces, deps.registry, this.#gallery);
    const { signingSecret, log } = deps;
    this.#events = signingSecret
      ? new HTTPReceiver({ signingSecret, logger: slackLog(log), bodyLimit: MAX_BODY_BYTES })
      : null;
    this.#pages = kept && deps.oauth ? this.#installer(kept.store, deps.oauth) : null;
    this.routes = this.#routesOf();
  }

  #routesOf(): Readonly<Record<string, Route>> {
    const by =
      (receiver: HTTPReceiver): Route =>
      async (request, response) => {
        if (this.#started) receiver.requestListener(request, response);
        else response.writeHead(503).end();
      };
    const pages = this.#pages && by(this.#pages);
    const { signingSecret, log } = this.#deps;
    const receiver = this.#events;
    const door = receiver && signingSecret ? createDoor(signingSecret, log, receiver.requestListener) : null;
    const events: Route | null =
      door &&
      (async (request, response, visitor) => {
        if (this.#started) await door(request, response, visitor);
        else response.writeHead(503).end();
      });
    return {
      ...(events && { 'POST /slack/events': events }),
      ...(pages && { 'GET /slack/install': pages, 'GET /slack/oauth_redirect': pages }),
    };
  }

  async start(bot: Bot): Promise<void> {
    const { log, registry, botToken, appToken, apiUrl, oauth } = this.#deps;
    if (!oauth && botToken) this.#own = await this.#whoAmI(botToken);
    const link = appToken ? new Link(appToken, apiUrl, log) : null;
    const options = {
      receiver: (link ?? this.#events) as Receiver,
      authorize: this.#authorize,
      clientOptions: clientOptions(apiUrl, log),
      logger: slackLog(log),
      convoStore: false,
    } as const;
    this.#intake?.shut();
    this.#intake = new Intake(options, this.#begun);
    // Slack speaks over one of the two; where it is prepared for both, the app's own page decides.
    if (link) this.#events?.init(this.#intake);
    const timeouts = { formTimeoutMs: this.#deps.formTimeoutMs, replyTimeoutMs: this.#deps.replyTimeoutMs };
    listen(this.#intake, { bot, registry, workspaces: this.#workspaces, gallery: this.#gallery, log, ...timeouts });
    await this.#link?.stop();
    this.#link = link;
    await link?.start();
    this.#started = true;
    this.#bot = bot;
    // Installed again after it was uninstalled, perhaps while nobody listened.
    if (this.#own) await bot.present('slack', [this.#own.workspace]);
  }

  async stop(): Promise<void> {
    this.#started = false;
    this.#intake?.shut();
    // A form is answered over the very socket that it came by.
    await this.#begun.ended();
    await this.#link?.stop();
  }

  async send(post: Outgoing): Promise<SendResult> {
    chatCall();
    return this.#sender.send(post);
  }

  health() {
    const own = this.#own?.workspace;
    if (own && this.#workspaces.isRefused(own)) return { well: false, detail: 'the workspace does not take the token' };
    const state = this.#link ? this.#link.state : this.#started ? 'connected' : 'stopped';
    return { well: state === 'connected', detail: state };
  }

  /** Finds the token for the workspace that an event comes from. */
  readonly #authorize: Authorize<boolean> = async ({ teamId, enterpriseId }) => {
    const access = await this.#workspaces.access(teamId, enterpriseId);
    if (!access) throw new Error('not installed in this workspace');
    const { token, botId, botUser, workspace } = access;
    return {
      botToken: token,
      ...(botId && { botId }),
      ...(botUser && { botUserId: botUser }),
      ...(teamId && { teamId }),
      ...(enterpriseId && { enterpriseId }),
      workspace,
    };
  };

  /** A workspace has installed us: where a forum lived there before, it goes on. */
  async #installed(workspace: string, installer: string): Promise<void> {
    this.#workspaces.isTaken(workspace);
    const { log, registry } = this.#deps;
    try {
      await this.#bot?.present('slack', [workspace]);
      await greet(this.#bot, await this.#workspaces.of(workspace), installer, registry);
    } catch (error) {
      log.error('slack event failed', { error });
    }
  }

  /** One token is one workspace; a person who writes from elsewhere into a shared channel acts in it. */
  #ownOnly(): Installations {
    return {
      find: async () => this.#own,
      remove: async () => {},
    };
  }

  async #whoAmI(token: string): Promise<Access> {
    const { log, apiUrl } = this.#deps;
    const me = await clientOf(token, clientOptions(apiUrl, log)).auth.test();
    return { workspace: me.team_id ?? '', token, botId: me.bot_id, botUser: me.user_id };
  }

  #installer(
    installationStore: ReturnType<typeof keptInstallations>['store'],
    oauth: NonNullable<SlackOptions['oauth']>,
  ): HTTPReceiver {
    const { publicUrl, apiUrl, log } = this.#deps;
    return new HTTPReceiver({
      // No event ever comes this way.
      signingSecret: '',
      signatureVerification: false,
      bodyLimit: MAX_BODY_BYTES,
      logger: slackLog(log),
      ...oauth,
      stateSecret: stateKeyOf(newestOf(oauth.stateSecret)),
      installationStore,
      scopes: Object.keys(SCOPES),
      ...(publicUrl && { redirectUri: new URL('/slack/oauth_redirect', publicUrl).href }),
      installerOptions: {
        redirectUriPath: '/slack/oauth_redirect',
        clientOptions: clientOptions(apiUrl, log),
        ...(apiUrl && { authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href }),
      },
    });
  }
}
