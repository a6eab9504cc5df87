import { type App, SocketModeReceiver } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { outcome } from './slack/outcome.ts';
import { modal } from './slack/samples.ts';
import { aClient, aSlack, closeAll, keptLog, started } from './slack/started.ts';

afterEach(closeAll);

const hello = (app: App) => void app.command('/rembug', ({ ack }) => ack('Halo'));

/** A client, and a short way to post with it. */
async function speaking() {
  const stage = await aClient();
  const say = (text: string, channel = stage.channel) =>
    outcome(stage.client.chat.postMessage({ channel: channel.id, text }));
  return { ...stage, say };
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
    await slack.until(() => slack.socket.greeted === 2);
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
        errors.push(await outcome(client.views.open({ trigger_id: command.trigger_id, view: modal('Catat') })));
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
    const call = client.views.open({ trigger_id: String(act.payload.trigger_id), view: modal('Catat') });
    expect(await outcome(call)).toBe(expected);
  });

  it('is answered invalid_trigger_id for a trigger Slack never gave', async () => {
    const { client } = await aClient();
    expect(await outcome(client.views.open({ trigger_id: '1.2.x', view: modal('Catat') }))).toBe('invalid_trigger_id');
  });
});

describe('faults', () => {
  it('429 names the time to wait, for one method only', async () => {
    const { slack, say, client } = await speaking();
    slack.fail({ method: 'chat.postMessage', status: 429, retryAfter: 7 });
    expect([await say('a'), await outcome(client.auth.test()), await say('b')]).toEqual([
      'wait 7',
      'accepted',
      'accepted',
    ]);
  });

  it('a pace is kept by channel', async () => {
    const { slack, say } = await speaking();
    const other = slack.addChannel('lain');
    slack.pace({ method: 'chat.postMessage', by: 'channel', most: 1, perMs: 60_000 });
    expect([await say('a'), await say('b'), await say('c', other)]).toEqual(['accepted', 'wait 60', 'accepted']);
  });

  it('500 after the work was done leaves the message standing', async () => {
    const { slack, say, channel } = await speaking();
    slack.fail({ method: 'chat.postMessage', status: 500, after: true });
    expect([await say('a'), slack.messages(channel).map(m => m.text)]).toEqual([500, ['a']]);
  });

  it('500 before the work leaves nothing', async () => {
    const { slack, say, channel } = await speaking();
    slack.fail({ method: 'chat.postMessage', status: 500 });
    expect([await say('a'), slack.messages(channel)]).toEqual([500, []]);
  });

  it('a broken connection after the work leaves the message standing', async () => {
    const { slack, say, channel } = await speaking();
    slack.fail({ method: 'chat.postMessage', reset: true, after: true });
    expect([await say('a'), slack.messages(channel).length]).toEqual(['request failed', 1]);
  });

  it('a call is held until it is let go', async () => {
    const { slack, say, channel } = await speaking();
    const held = slack.hold({ method: 'chat.postMessage', channel: channel.id });
    const call = say('a');
    await held.arrived();
    expect(slack.messages(channel)).toEqual([]);
    held.release();
    expect(await call).toBe('accepted');
  });

  it('any of Slack’s errors can be ordered for one channel', async () => {
    const { slack, say, channel } = await speaking();
    const fault = slack.fail({ channel: channel.id, error: 'restricted_action' });
    expect([await say('a', slack.addChannel('lain')), await say('b'), fault.hits]).toEqual([
      'accepted',
      'restricted_action',
      1,
    ]);
    expect(slack.failures).toEqual([]);
  });

  it('a response_url is good for five answers, and not for ever', async () => {
    const { slack, ana, channel } = await speaking();
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
