import { App, HTTPReceiver, type Installation, SocketModeReceiver, webApi } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { aSlack, clientOptions, closeAll, keptLog, opened, started } from './slack/started.ts';

afterEach(closeAll);

const hello = (app: App) => void app.command('/rembug', ({ ack }) => ack('Halo'));
/** The error's code in Slack's words, its HTTP status, or the kind of failure; 'accepted' where there was none. */
const outcome = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'accepted',
    error => {
      if (error instanceof webApi.WebAPIPlatformError) return error.data.error;
      if (error instanceof webApi.WebAPIHTTPError) return error.statusCode;
      if (error instanceof webApi.WebAPIRateLimitedError) return `wait ${error.retryAfter}`;
      return error instanceof webApi.WebAPIRequestError ? 'request failed' : error;
    },
  );

async function aClient() {
  const stage = await aSlack();
  const client = new webApi.WebClient(stage.slack.team.token, clientOptions(stage.slack));
  const say = (text: string, channel = stage.channel) =>
    outcome(client.chat.postMessage({ channel: channel.id, text }));
  return { ...stage, client, say };
}

describe('the socket', () => {
  it('is connected again after it broke', async () => {
    const { slack, ana, channel } = await started('socket', hello);
    slack.socket.drop();
    await slack.connected();
    expect((await slack.command({ channel, user: ana, command: '/rembug' }).answered()).text).toBe('Halo');
  });

  it('is refreshed when Slack asks for it', async () => {
    const { slack, ana, channel } = await started('socket', hello);
    slack.socket.disconnect('refresh_requested');
    await slack.connected();
    expect((await slack.command({ channel, user: ana, command: '/rembug' }).answered()).text).toBe('Halo');
    expect(slack.socket.greeted).toBe(2);
  });

  it('brings events again that nobody was there for', async () => {
    const heard: unknown[] = [];
    const { slack, ana, channel } = await started('socket', app =>
      app.event(
        'channel_rename',
        async ({ event, context }) => void heard.push([event.channel.name, context.retryNum]),
      ),
    );
    slack.socket.drop();
    await slack.rename(channel, 'warga', ana).acknowledged();
    expect(heard).toEqual([['warga', 1]]);
  });

  it('loses what people do while nobody is connected', async () => {
    const { slack, ana, channel } = await started('socket', hello);
    slack.socket.drop();
    const seen = await slack.command({ channel, user: ana, command: '/rembug' }).answered();
    expect(seen.problem).toContain('dispatch_failed');
  });

  it('loses what was under way when it broke', async () => {
    const { slack, ana, channel } = await started('socket', app => app.command('/rembug', async () => undefined));
    const seen = slack.command({ channel, user: ana, command: '/rembug' });
    slack.socket.drop();
    expect((await seen.answered()).problem).toContain('the connection broke');
  });

  it('outlives a broken frame, and answers pings', async () => {
    const { slack, ana, channel } = await started('socket', hello);
    slack.socket.sendRaw('{"type":');
    slack.socket.ping();
    await slack.until(() => slack.socket.pongs > 0);
    expect((await slack.command({ channel, user: ana, command: '/rembug' }).answered()).text).toBe('Halo');
  });

  it('is refused with a wrong app token, and with the bot token', async () => {
    const { slack } = await aSlack();
    const { logger } = keptLog();
    const start = (appToken: string) =>
      new SocketModeReceiver({
        ...{ appToken, logger, autoReconnectEnabled: false },
        installerOptions: { clientOptions: { slackApiUrl: slack.api } },
      }).start();
    expect(await outcome(start('xapp-wrong'))).toBe('invalid_auth');
    expect(await outcome(start(slack.team.token))).toBe('not_allowed_token_type');
  });
});

describe('twice the same', () => {
  it('is heard twice, and the trigger opens one form', async () => {
    const errors: unknown[] = [];
    const { slack, ana, channel } = await started('socket', app =>
      app.command('/rembug', async ({ ack, client, command }) => {
        await ack();
        const view = { type: 'modal', title: { type: 'plain_text', text: 'Catat' }, blocks: [] } as const;
        errors.push(
          await outcome(client.views.open({ trigger_id: command.trigger_id, view: { ...view, blocks: [] } })),
        );
      }),
    );
    slack.duplicateNext();
    slack.command({ channel, user: ana, command: '/rembug' });
    await slack.until(() => errors.length === 2);
    expect(errors.sort()).toEqual(['accepted', 'exchanged_trigger_id']);
  });

  it.each([
    ['socket', 'is told in the log', true],
    ['http', 'is an error', false],
  ] as const)('acknowledged over %s %s', async (over, _, isTold) => {
    const caught: unknown[] = [];
    const { slack, ana, channel, said } = await started(over, app =>
      app.command('/rembug', async ({ ack }) => {
        await ack('satu');
        await ack('dua').catch(error => caught.push(error));
      }),
    );
    const seen = await slack.command({ channel, user: ana, command: '/rembug' }).answered();
    expect([seen.text, caught.length, said.length > 0]).toEqual(['satu', isTold ? 0 : 1, isTold]);
  });
});

describe('a form that opens too late', () => {
  it.each([
    ['expired_trigger_id', true],
    ['accepted', false],
  ])('is answered %s', async (expected, isLate) => {
    const { slack, ana, client } = await aClient();
    const act = slack.shortcut('catat', ana);
    if (isLate) slack.expireTrigger(act);
    const view = { type: 'modal', title: { type: 'plain_text', text: 'Catat' }, blocks: [] } as const;
    const call = client.views.open({ trigger_id: String(act.payload.trigger_id), view: { ...view, blocks: [] } });
    expect(await outcome(call)).toBe(expected);
  });

  it('is answered invalid_trigger_id for a trigger Slack never gave', async () => {
    const { client } = await aClient();
    const view = { type: 'modal', title: { type: 'plain_text', text: 'Catat' }, blocks: [] } as const;
    expect(await outcome(client.views.open({ trigger_id: '1.2.x', view: { ...view, blocks: [] } }))).toBe(
      'invalid_trigger_id',
    );
  });
});

describe('faults', () => {
  it('429 names the time to wait, for one method only', async () => {
    const { slack, say, client } = await aClient();
    slack.fail({ method: 'chat.postMessage', status: 429, retryAfter: 7 });
    expect([await say('a'), await outcome(client.auth.test()), await say('b')]).toEqual([
      'wait 7',
      'accepted',
      'accepted',
    ]);
  });

  it('a pace is kept by channel', async () => {
    const { slack, say } = await aClient();
    const other = slack.addChannel('lain');
    slack.pace({ method: 'chat.postMessage', by: 'channel', most: 1, perMs: 60_000 });
    expect([await say('a'), await say('b'), await say('c', other)]).toEqual(['accepted', 'wait 60', 'accepted']);
  });

  it('500 after the work was done leaves the message standing', async () => {
    const { slack, say, channel } = await aClient();
    slack.fail({ method: 'chat.postMessage', status: 500, after: true });
    expect([await say('a'), slack.messages(channel).map(m => m.text)]).toEqual([500, ['a']]);
  });

  it('500 before the work leaves nothing', async () => {
    const { slack, say, channel } = await aClient();
    slack.fail({ method: 'chat.postMessage', status: 500 });
    expect([await say('a'), slack.messages(channel)]).toEqual([500, []]);
  });

  it('a broken connection after the work leaves the message standing', async () => {
    const { slack, say, channel } = await aClient();
    slack.fail({ method: 'chat.postMessage', reset: true, after: true });
    expect([await say('a'), slack.messages(channel).length]).toEqual(['request failed', 1]);
  });

  it('a call is held until it is let go', async () => {
    const { slack, say, channel } = await aClient();
    const held = slack.hold({ method: 'chat.postMessage', channel: channel.id });
    const call = say('a');
    await held.arrived();
    expect(slack.messages(channel)).toEqual([]);
    held.release();
    expect(await call).toBe('accepted');
  });

  it('any of Slack’s errors can be ordered for one channel', async () => {
    const { slack, say, channel } = await aClient();
    const fault = slack.fail({ channel: channel.id, error: 'restricted_action' });
    expect([await say('a', slack.addChannel('lain')), await say('b'), fault.hits]).toEqual([
      'accepted',
      'restricted_action',
      1,
    ]);
    expect(slack.failures).toEqual([]);
  });

  it('a response_url is good for five answers, and not for ever', async () => {
    const { slack, ana, channel } = await aClient();
    const act = slack.command({ channel, user: ana, command: '/rembug' });
    const answer = () =>
      fetch(String(act.payload.response_url), {
        method: 'POST',
        body: JSON.stringify({ text: 'a' }),
        headers: JSON_TYPE,
      });
    const statuses: number[] = [];
    for (let i = 0; i < 6; i += 1) statuses.push((await answer()).status);
    const other = slack.command({ channel, user: ana, command: '/rembug' });
    slack.expireResponseUrl(other);
    const late = await fetch(String(other.payload.response_url), {
      method: 'POST',
      body: '{"text":"a"}',
      headers: JSON_TYPE,
    });
    expect([statuses, await late.json()]).toEqual([
      [200, 200, 200, 200, 200, 404],
      { ok: false, error: 'expired_url' },
    ]);
  });
});

const JSON_TYPE = { 'content-type': 'application/json' };

describe('a token', () => {
  it('that is revoked is told, and works no more, in that workspace only', async () => {
    const heard: unknown[] = [];
    const { slack, app } = await started('socket', app =>
      app.event('tokens_revoked', async ({ event }) => void heard.push(event.tokens)),
    );
    const other = slack.addTeam('Lain');
    await slack.revokeTokens().acknowledged();
    await slack.until(() => heard.length === 1);
    expect(await outcome(app.client.auth.test())).toBe('token_revoked');
    expect(await outcome(app.client.auth.test({ token: other.token }))).toBe('accepted');
  });

  it('of an app that was removed is inactive', async () => {
    const heard: unknown[] = [];
    const { slack, app } = await started('socket', app =>
      app.event('app_uninstalled', async ({ body }) => void heard.push(body.team_id)),
    );
    await slack.uninstall().acknowledged();
    await slack.until(() => heard.length === 1);
    expect(await outcome(app.client.auth.test())).toBe('account_inactive');
  });

  it('that is wrong or missing or lacks a scope is refused', async () => {
    const { slack, ana } = await aClient();
    const client = (token?: string) => new webApi.WebClient(token, clientOptions(slack));
    const poor = slack.addTeam('Hemat', ['chat:write']);
    expect(await outcome(client('xoxb-wrong').auth.test())).toBe('invalid_auth');
    expect(await outcome(client().auth.test())).toBe('not_authed');
    expect(await outcome(client(poor.token).users.info({ user: ana.id }))).toBe('missing_scope');
  });
});

describe('signed requests', () => {
  it.each([
    ['stale', 401],
    ['forged', 401],
    ['unsigned', 401],
    ['changed', 401],
    ['replayed', 200],
  ] as const)('that are %s are answered %i by Bolt', async (how, status) => {
    let heard = 0;
    const { slack, ana, channel } = await started('http', app =>
      app.command('/rembug', async ({ ack }) => {
        heard += 1;
        await ack('Halo');
      }),
    );
    const act = await slack.command({ channel, user: ana, command: '/rembug' }).answered();
    expect([await slack.tamper(act, how), heard]).toEqual([status, how === 'replayed' ? 2 : 1]);
  });

  it('ask for the challenge when the address is set up', async () => {
    const { slack } = await started('http', hello);
    expect(await slack.verifyUrl('abc')).toContain('abc');
  });
});

describe('installing', () => {
  async function installable() {
    const stage = await aSlack();
    const { slack } = stage;
    const { logger } = keptLog();
    const kept = new Map<string, Installation>();
    const { clientId, clientSecret, authorizationUrl } = slack.oauth;
    const receiver = new HTTPReceiver({
      ...{
        signingSecret: 's',
        clientId,
        clientSecret,
        stateSecret: 'rahasia',
        logger,
        scopes: ['commands', 'chat:write'],
      },
      installationStore: {
        storeInstallation: async one => void kept.set(one.team?.id ?? '', one),
        fetchInstallation: async query => kept.get(query.teamId ?? '')!,
      },
      installerOptions: { clientOptions: clientOptions(slack), authorizationUrl, directInstall: true },
    });
    const app = new App({ receiver, logger, clientOptions: clientOptions(slack) });
    hello(app);
    const server = await app.start({ port: 0, host: '127.0.0.1' });
    opened(() => {
      if ('closeAllConnections' in server) server.closeAllConnections();
      return app.stop();
    });
    const address = 'address' in server ? server.address() : null;
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    slack.http(`${url}/slack/events`, 's');
    const team = slack.addTeam('Warga');
    const user = slack.addUser('Budi', { team });
    return { ...stage, kept, team, user, url: `${url}/slack/install` };
  }

  it('leads to a token with which the app answers in the new workspace', async () => {
    const { slack, kept, team, user, url } = await installable();
    const installed = await slack.install(url, team, user);
    expect([installed.status, installed.scopes]).toEqual([200, ['commands', 'chat:write']]);
    expect(kept.get(team.id)?.bot?.token).toBe(team.token);
    const channel = slack.addChannel('umum', { team });
    expect((await slack.command({ channel, user, command: '/rembug' }).answered()).text).toBe('Halo');
  });

  it.each(['refuses', 'forged'] as const)('with a person who %s leads to no token', async consent => {
    const { slack, kept, team, user, url } = await installable();
    const { status } = await slack.install(url, team, user, consent);
    expect([status >= 400, kept.size]).toEqual([true, 0]);
  });

  it('a code is good once, and for this app alone', async () => {
    const { slack, team, user, url } = await installable();
    await slack.install(url, team, user);
    const [code] = slack.world.grants.keys();
    const { clientId: client_id, clientSecret: client_secret } = slack.oauth;
    const access = (more: object) =>
      outcome(
        new webApi.WebClient('', clientOptions(slack)).oauth.v2.access({
          client_id,
          client_secret,
          code: code!,
          ...more,
        }),
      );
    expect(await access({})).toBe('code_already_used');
    expect(await access({ code: 'x' })).toBe('invalid_code');
    expect(await access({ client_secret: 'x' })).toBe('bad_client_secret');
  });
});
