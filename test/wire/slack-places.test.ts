import { afterEach, describe, expect, it } from 'vitest';
import { outcome } from './slack/outcome.ts';
import { aClient, closeAll } from './slack/started.ts';

afterEach(closeAll);

describe('a channel', () => {
  it('takes a post, an update and a deletion, and forgets none of it', async () => {
    const { slack, channel, client } = await aClient();
    const { ts } = await client.chat.postMessage({ channel: channel.id, text: 'satu' });
    await client.chat.update({ channel: channel.id, ts: ts!, text: 'dua' });
    const [message] = slack.messages(channel);
    expect([message?.text, message?.history.map(h => h.text)]).toEqual(['dua', ['satu']]);
    await client.chat.delete({ channel: channel.id, ts: ts! });
    expect([slack.messages(channel), message?.deleted]).toEqual([[], true]);
  });

  it('loses the blocks of a message that is updated with text alone', async () => {
    const { slack, channel, client } = await aClient();
    const blocks = [{ type: 'divider' }] as const;
    const { ts } = await client.chat.postMessage({ channel: channel.id, text: 'a', blocks: [...blocks] });
    await client.chat.update({ channel: channel.id, ts: ts!, text: 'b' });
    expect(slack.messages(channel)[0]?.blocks).toEqual([]);
  });

  it('holds threads', async () => {
    const { slack, channel, client } = await aClient();
    const { ts } = await client.chat.postMessage({ channel: channel.id, text: 'isu' });
    await client.chat.postMessage({ channel: channel.id, text: 'jawab', thread_ts: ts! });
    expect(slack.thread(slack.messages(channel)[0]!).map(m => m.text)).toEqual(['jawab']);
    const strange = client.chat.postMessage({ channel: channel.id, text: 'a', thread_ts: '1.000000' });
    expect(await outcome(strange)).toBe('thread_not_found');
  });

  it('is refused where the app is not, was thrown out, or nobody is any more', async () => {
    const { slack, ana, channel, client } = await aClient();
    const say = (id: string) => outcome(client.chat.postMessage({ channel: id, text: 'a' }));
    const hidden = slack.addChannel('rahasia', { private: true, withApp: false });
    expect(await say(hidden.id)).toBe('channel_not_found');
    expect(await say('C0UNKNOWN')).toBe('channel_not_found');
    slack.removeApp(channel);
    expect(await say(channel.id)).toBe('not_in_channel');
    slack.archive(channel, ana);
    expect(await say(channel.id)).toBe('is_archived');
  });

  it('is open to an app that may write everywhere', async () => {
    const { slack, client } = await aClient({ scopes: ['chat:write', 'chat:write.public'] });
    const far = slack.addChannel('jauh', { withApp: false });
    expect(await outcome(client.chat.postMessage({ channel: far.id, text: 'a' }))).toBe('accepted');
  });

  it('refuses changes to what is not there, not the app’s, or in an archive', async () => {
    const { slack, ana, channel, client } = await aClient();
    const change = (ts: string) => outcome(client.chat.update({ channel: channel.id, ts, text: 'b' }));
    const own = await client.chat.postMessage({ channel: channel.id, text: 'a' });
    expect(await change('1.000000')).toBe('message_not_found');
    expect(await change(slack.say(channel, ana, 'halo').ts)).toBe('cant_update_message');
    slack.archive(channel, ana);
    expect(await change(own.ts!)).toBe('is_inactive');
  });

  it('shows an ephemeral message to its members only', async () => {
    const { slack, ana, channel, client } = await aClient();
    const budi = slack.addUser('Budi');
    const tell = (user: string) => outcome(client.chat.postEphemeral({ channel: channel.id, user, text: 'a' }));
    expect([await tell(ana.id), await tell(budi.id)]).toEqual(['accepted', 'user_not_in_channel']);
    expect([slack.ephemerals(ana).length, slack.messages(channel)]).toEqual([1, []]);
  });

  it('is told of with its kind, and listed page by page', async () => {
    const { slack, channel, client } = await aClient();
    slack.addChannel('tertutup', { private: true });
    const { channel: info } = await client.conversations.info({ channel: channel.id });
    expect([info?.name, info?.is_private, info?.is_member]).toEqual(['umum', false, true]);
    const args = { types: 'public_channel,private_channel', limit: 1 };
    const first = await client.conversations.list(args);
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.conversations.list({ ...args, cursor });
    expect([first, second].map(page => page.channels?.[0]?.name)).toEqual(['umum', 'tertutup']);
    expect(second.response_metadata?.next_cursor).toBe('');
  });

  it('gives links to messages that stand', async () => {
    const { channel, client } = await aClient();
    const { ts } = await client.chat.postMessage({ channel: channel.id, text: 'a' });
    const link = await client.chat.getPermalink({ channel: channel.id, message_ts: ts! });
    expect(link.permalink).toContain(`/archives/${channel.id}/p`);
    const none = client.chat.getPermalink({ channel: channel.id, message_ts: '1.0' });
    expect(await outcome(none)).toBe('message_not_found');
  });
});

describe('direct messages', () => {
  it('are opened by a person’s id, and changed by their own', async () => {
    const { slack, ana, client } = await aClient();
    const sent = await client.chat.postMessage({ channel: ana.id, text: 'halo' });
    const opened = await client.conversations.open({ users: ana.id });
    expect([sent.channel, slack.directMessages(ana)[0]?.text]).toEqual([opened.channel?.id, 'halo']);
    expect(await outcome(client.chat.update({ channel: ana.id, ts: sent.ts!, text: 'b' }))).toBe('channel_not_found');
    expect(await outcome(client.chat.update({ channel: sent.channel!, ts: sent.ts!, text: 'b' }))).toBe('accepted');
  });

  it('are refused with bots, people who left, strangers, and without the messages tab', async () => {
    const { slack, ana, client } = await aClient();
    const open = (users: string) => outcome(client.conversations.open({ users }));
    const gone = slack.addUser('Candra');
    slack.change(gone, { deleted: true });
    const stranger = slack.addUser('Dewi', { team: slack.addTeam('Jauh') });
    expect(await open(slack.team.bot.id)).toBe('cannot_dm_bot');
    expect(await open(gone.id)).toBe('user_disabled');
    expect(await open(stranger.id)).toBe('user_not_found');
    slack.team.messagesTab = false;
    expect(await outcome(client.chat.postMessage({ channel: ana.id, text: 'a' }))).toBe('messages_tab_disabled');
  });
});

describe('people', () => {
  it('are told of with role, zone and, when asked for, language', async () => {
    const { slack, client } = await aClient();
    const eka = slack.addUser('Eka', { owner: true, guest: 'restricted', locale: 'en-GB', timeZone: 'Asia/Jayapura' });
    const { user } = await client.users.info({ user: eka.id, include_locale: true });
    expect(user).toMatchObject({ is_owner: true, is_restricted: true, locale: 'en-GB', tz_offset: 9 * 3600 });
    expect((await client.users.info({ user: eka.id })).user).not.toHaveProperty('locale');
    expect(await outcome(client.users.info({ user: 'U0UNKNOWN' }))).toBe('user_not_found');
  });

  it('from another workspace are strangers with their own team and no language', async () => {
    const { slack, client } = await aClient();
    const partner = slack.addTeam('Mitra');
    const fani = slack.addUser('Fani', { team: partner, admin: true });
    slack.addChannel('bersama', { members: [fani], sharedWith: [partner] });
    const { user } = await client.users.info({ user: fani.id, include_locale: true });
    expect(user).toMatchObject({ team_id: partner.id, is_stranger: true, is_admin: false });
    expect(user).not.toHaveProperty('locale');
  });
});

describe('the workspace', () => {
  it('says who the app is there', async () => {
    const { slack, client } = await aClient();
    expect(await client.auth.test()).toMatchObject({ team_id: slack.team.id, user_id: slack.team.bot.id });
    expect((await client.team.info()).team).toMatchObject({ id: slack.team.id, name: 'Forum' });
  });

  it('answers every method an app of this kind calls', async () => {
    const { slack } = await aClient();
    expect([...slack.methods].sort()).toEqual([
      ...['apps.connections.open', 'auth.test', 'chat.delete', 'chat.getPermalink', 'chat.postEphemeral'],
      ...['chat.postMessage', 'chat.update', 'conversations.info', 'conversations.list', 'conversations.open'],
      ...['files.completeUploadExternal', 'files.getUploadURLExternal', 'files.info', 'oauth.v2.access', 'team.info'],
      ...['users.info', 'views.open', 'views.publish', 'views.push', 'views.update'],
    ]);
  });

  it('says so when it does not know a method', async () => {
    const { slack, client } = await aClient();
    expect(await outcome(client.apiCall('chat.shout'))).toBe('unknown_method');
    expect(slack.failures).toEqual(['chat.shout was refused: unknown_method']);
  });
});

describe('files', () => {
  it('are uploaded in three steps and shared', async () => {
    const { slack, channel, client } = await aClient();
    const file = Buffer.from('judul,jumlah\n');
    await client.filesUploadV2({ channel_id: channel.id, filename: 'isu.csv', file, initial_comment: 'Ini' });
    const [message] = slack.messages(channel);
    expect([message?.text, message?.files.map(f => f.name)]).toEqual(['Ini', ['isu.csv']]);
    expect(Buffer.from(slack.uploads[0]?.bytes ?? []).toString()).toBe('judul,jumlah\n');
  });

  it('are read with the token only; without it Slack shows a page', async () => {
    const { slack, ana, client } = await aClient();
    const sent = slack.handOver({ filename: 'foto.png', bytes: 'png' }, ana);
    const { file } = await client.files.info({ file: sent.id });
    const read = (headers: Record<string, string>) => fetch(file!.url_private_download!, { headers });
    expect(await (await read({ authorization: `Bearer ${slack.team.token}` })).text()).toBe('png');
    expect((await read({})).headers.get('content-type')).toBe('text/html');
  });

  it('are refused when they were never uploaded', async () => {
    const { channel, client } = await aClient();
    const { file_id } = await client.files.getUploadURLExternal({ filename: 'a.txt', length: 3 });
    const complete = client.files.completeUploadExternal({ files: [{ id: file_id! }], channel_id: channel.id });
    expect(await outcome(complete)).toBe('file_not_found');
    expect(await outcome(client.files.info({ file: 'F0UNKNOWN' }))).toBe('file_not_found');
  });
});
