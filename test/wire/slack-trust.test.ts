import { App, HTTPReceiver, type Installation, webApi } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { outcome } from './slack/outcome.ts';
import { aClient, aSlack, clientOptions, closeAll, keptLog, opened, started } from './slack/started.ts';

afterEach(closeAll);

const hello = (app: App) => void app.command('/rembug', ({ ack }) => ack('Halo'));

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
    const poor = slack.addTeam('Hemat', { scopes: ['chat:write'] });
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
