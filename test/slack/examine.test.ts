import { afterEach, expect, it } from 'vitest';
import { examineSlack } from '../../adapters/slack/examine.ts';
import { SCOPES } from '../../adapters/slack/scopes.ts';
import { aSlack, closeAll } from '../wire/slack/started.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

afterEach(closeAll);

it('S20: both tokens are looked at, and the channels in which a forum is told things', async () => {
  const { slack, channel } = await aSlack({ scopes: Object.keys(SCOPES) });
  const { token, id: workspace, bot } = slack.team;
  const tokens = { botToken: token, appToken: slack.appToken, apiUrl: slack.api };
  const channels = [
    { workspace, channel: channel.id, name: 'umum' },
    { workspace: 'T0ELSEWHERE', channel: 'C0ELSEWHERE', name: 'lain' },
  ];
  channel.members.delete(bot.id);
  expect(await examineSlack({ ...tokens, channels: [] }, silent)).toEqual({
    ok: true,
    detail: expect.stringContaining('token accepted'),
  });
  expect(await examineSlack({ ...tokens, channels }, silent)).toEqual({
    ok: false,
    detail: 'cannot post in #umum: not_in_channel',
  });
  channel.members.add(bot.id);
  expect(await examineSlack({ ...tokens, channels }, silent)).toMatchObject({ ok: true });
  expect(await examineSlack({ ...tokens, channels, appToken: 'xapp-salah' }, silent)).toEqual({
    ok: false,
    detail: 'Slack refuses SLACK_APP_TOKEN or does not answer: invalid_auth',
  });
  expect(await examineSlack({ ...tokens, channels, botToken: 'xoxb-salah' }, silent)).toMatchObject({ ok: false });
});
