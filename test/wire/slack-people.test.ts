import type { App, types, ViewSubmitAction } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { aSlack, closeAll, started } from './slack/started.ts';

afterEach(closeAll);

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
const input = (label: string, element: types.InputBlock['element'], more: object = {}): types.InputBlock => ({
  ...{ type: 'input', block_id: label, label: plain(label), element },
  ...more,
});

/** An app that opens these inputs on a shortcut, and keeps what is sent off. */
async function withInputs(...blocks: types.InputBlock[]) {
  const sent: ViewSubmitAction['view']['state']['values'][] = [];
  const stage = await started('socket', (app: App) => {
    app.shortcut('isi', async ({ ack, client, shortcut }) => {
      await ack();
      const view: types.ModalView = { type: 'modal', title: plain('Isi'), submit: plain('Kirim'), blocks };
      await client.views.open({ trigger_id: shortcut.trigger_id, view });
    });
    app.view(/.*/, async ({ ack, view }) => {
      sent.push(view.state.values);
      await ack();
    });
  });
  const { view } = await stage.slack.shortcut('isi', stage.ana).answered();
  return { ...stage, view, sent };
}

describe('a form carries', () => {
  it('texts, numbers, dates and times', async () => {
    const { slack, ana, view, sent } = await withInputs(
      input('Judul', { type: 'plain_text_input', action_id: 'v' }),
      input('Jumlah', { type: 'number_input', action_id: 'v', is_decimal_allowed: true }),
      input('Tanggal', { type: 'datepicker', action_id: 'v' }),
      input('Jam', { type: 'timepicker', action_id: 'v' }),
      input('Saat', { type: 'datetimepicker', action_id: 'v' }),
    );
    const values = { Judul: 'Rapat', Jumlah: 2.5, Tanggal: '2026-11-25', Jam: '14:00', Saat: 1_764_000_000 };
    await slack.submitView(view, values, ana).answered();
    expect(Object.values(sent[0] ?? {}).map(block => block.v)).toEqual([
      { type: 'plain_text_input', value: 'Rapat' },
      { type: 'number_input', value: '2.5' },
      { type: 'datepicker', selected_date: '2026-11-25' },
      { type: 'timepicker', selected_time: '14:00' },
      { type: 'datetimepicker', selected_date_time: 1_764_000_000 },
    ]);
  });

  it('options by what is read, people, channels and files', async () => {
    const options = ['Baik', 'Buruk'].map((text, i) => ({ text: plain(text), value: `${i}` }));
    const { slack, ana, channel, view, sent } = await withInputs(
      input('Nilai', { type: 'static_select', action_id: 'v', options }),
      input('Semua', { type: 'checkboxes', action_id: 'v', options }),
      input('Siapa', { type: 'users_select', action_id: 'v' }),
      input('Di mana', { type: 'conversations_select', action_id: 'v' }),
      input('Bukti', { type: 'file_input', action_id: 'v' }),
    );
    const file = { filename: 'a.png', bytes: 'png' };
    const values = { Nilai: 'Buruk', Semua: ['Baik', 'Buruk'], Siapa: ana, 'Di mana': channel, Bukti: [file] };
    await slack.submitView(view, values, ana).answered();
    const given = sent[0] ?? {};
    expect(given.Nilai?.v?.selected_option?.value).toBe('1');
    expect(given.Semua?.v?.selected_options?.map(o => o.value)).toEqual(['0', '1']);
    expect([given.Siapa?.v?.selected_user, given['Di mana']?.v?.selected_conversation]).toEqual([ana.id, channel.id]);
    expect(given.Bukti?.v?.files?.[0]).toMatchObject({ name: 'a.png', mimetype: 'image/png', size: 3 });
  });

  it('what it was prefilled with, and nothing where nothing must be', async () => {
    const { slack, ana, view, sent } = await withInputs(
      input('Judul', { type: 'plain_text_input', action_id: 'v', initial_value: 'Draf' }),
      input('Catatan', { type: 'plain_text_input', action_id: 'v' }, { optional: true }),
    );
    await slack.submitView(view, {}, ana).answered();
    expect([sent[0]?.Judul?.v?.value, sent[0]?.Catatan?.v?.value]).toEqual(['Draf', null]);
  });

  it.each([
    ['a word for a number', { Jumlah: 'dua' }, 'takes no such number_input'],
    ['nothing for what must be filled in', {}, 'must be filled in'],
    ['a field that is not there', { Harga: '1' }, 'there is no "Harga" here'],
  ])('not %s', async (_, values, error) => {
    const { slack, ana, view } = await withInputs(
      input('Jumlah', { type: 'number_input', action_id: 'v', is_decimal_allowed: false }),
    );
    expect(() => slack.submitView(view, values, ana)).toThrow(error);
  });

  it('its value alone from the person before whom it lies', async () => {
    const { slack, view } = await withInputs(input('Judul', { type: 'plain_text_input', action_id: 'v' }));
    expect(() => slack.submitView(view, { Judul: 'a' }, slack.addUser('Budi'))).toThrow('Ana');
  });
});

describe('a form that is closed', () => {
  it.each([
    [true, ['catat']],
    [false, []],
  ])('is told when it asked for that (%s)', async (notify_on_close, expected) => {
    const closed: string[] = [];
    const { slack, ana } = await started('socket', app => {
      app.shortcut('isi', async ({ ack, client, shortcut }) => {
        await ack();
        const view = { type: 'modal', callback_id: 'catat', title: plain('Isi'), blocks: [], notify_on_close } as const;
        await client.views.open({ trigger_id: shortcut.trigger_id, view: { ...view, blocks: [] } });
      });
      app.view({ type: 'view_closed', callback_id: 'catat' }, async ({ ack, view }) => {
        closed.push(view.callback_id);
        await ack();
      });
    });
    const { view } = await slack.shortcut('isi', ana).answered();
    await slack.closeView(view, ana)?.acknowledged();
    expect([closed, slack.modal(ana)]).toEqual([expected, undefined]);
  });
});

describe('people', () => {
  it('type names, which arrive as ids, and signs, which arrive escaped', async () => {
    const { slack, ana, channel } = await aSlack();
    const typed = 'catat @ana & #umum <b> @tiada';
    const { payload } = slack.command({ channel, user: ana, command: '/rembug', text: typed });
    expect(payload.text).toBe(`catat <@${ana.id}|ana> &amp; <#${channel.id}|umum> &lt;b&gt; @tiada`);
  });

  it('from another workspace press buttons but have no commands', async () => {
    const { slack, app } = await started('socket', bolt =>
      bolt.action('ya', async ({ ack, respond, body }) => {
        await ack();
        await respond({ text: `dari ${body.user.team_id}`, replace_original: false });
      }),
    );
    const partner = slack.addTeam('Mitra');
    const fani = slack.addUser('Fani', { team: partner });
    const channel = slack.addChannel('bersama', { members: [fani], sharedWith: [partner] });
    const blocks: types.KnownBlock[] = [
      { type: 'actions', elements: [{ type: 'button', action_id: 'ya', text: plain('Ya') }] },
    ];
    await app.client.chat.postMessage({ channel: channel.id, text: 'a', blocks });
    const seen = await slack.click(slack.messages(channel)[0]!, 'Ya', fani).answered();
    expect(seen.text).toBe(`dari ${partner.id}`);
    const call = { channel, user: fani, command: '/rembug', team: slack.team };
    expect(() => slack.command(call)).toThrow('no slash commands');
  });

  it('do not press what they do not see', async () => {
    const { slack, ana, channel, app } = await started('socket', () => undefined);
    const blocks: types.KnownBlock[] = [
      { type: 'actions', elements: [{ type: 'button', action_id: 'ya', text: plain('Ya') }] },
    ];
    await app.client.chat.postEphemeral({ channel: channel.id, user: ana.id, text: 'a', blocks });
    const [message] = slack.ephemerals(ana);
    expect(() => slack.click(message!, 'Ya', slack.addUser('Budi'))).toThrow('does not see');
    expect(() => slack.click(message!, 'Tidak', ana)).toThrow('there is no "Tidak" here (there is: Ya, ya)');
  });
});

describe('what the app hears', () => {
  it.each([
    ['channel_archive', (s: Stage) => s.slack.archive(s.channel, s.ana)],
    ['channel_rename', (s: Stage) => s.slack.rename(s.channel, 'baru', s.ana)],
    ['member_joined_channel', (s: Stage) => s.slack.invite(s.channel, s.ana)],
    ['user_change', (s: Stage) => s.slack.change(s.ana, { realName: 'Ana B.' })],
    ['tokens_revoked', (s: Stage) => s.slack.revokeTokens()],
    ['app_uninstalled', (s: Stage) => s.slack.uninstall()],
    ['channel_id_changed', (s: Stage) => s.slack.event('channel_id_changed', { old_channel_id: 'C1' })],
  ] as const)('%s', async (type, happen) => {
    const heard: string[] = [];
    const stage = await started('socket', app => app.event(type, async ({ event }) => void heard.push(event.type)));
    await happen(stage).acknowledged();
    expect(heard).toEqual([type]);
  });
});

type Stage = Awaited<ReturnType<typeof started>>;

describe('a text', () => {
  const mrkdwn = (text: string, verbatim?: boolean) => [
    { type: 'section', text: { type: 'mrkdwn', text, ...(verbatim === undefined ? {} : { verbatim }) } },
  ];
  const rich = (element: object) => [
    { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [element] }] },
  ];
  it.each<[string, object, string[]]>([
    ['with a broadcast calls everybody', { text: '<!channel>' }, ['channel']],
    ['with an escaped broadcast calls nobody', { text: '&lt;!channel&gt;' }, []],
    ['with a typed broadcast calls nobody when parse is none', { text: '@channel', parse: 'none' }, []],
    ['with a typed broadcast calls everybody when names are linked', { text: '@here', link_names: true }, ['here']],
    ['with a typed broadcast calls everybody when it is parsed', { text: '@Everyone!', parse: 'full' }, ['everyone']],
    ['in a block calls whom it names, when it is not verbatim', { blocks: mrkdwn('hai @ana') }, ['ANA']],
    ['in a verbatim block calls nobody by a bare name', { blocks: mrkdwn('@channel @ana', true) }, []],
    ['in a verbatim block calls those named by id', { blocks: mrkdwn('<@U1>', true) }, ['U1']],
    ['in rich text is only text', { blocks: rich({ type: 'text', text: '<!here> @channel' }) }, []],
    ['in rich text calls by its elements', { blocks: rich({ type: 'broadcast', range: 'here' }) }, ['here']],
    ['in plain text is only text', { blocks: [{ type: 'header', text: plain('<!here> @channel') }] }, []],
    ['in a markdown block is parsed', { blocks: [{ type: 'markdown', text: '@channel' }] }, ['channel']],
    ['with an address calls nobody', { text: 'ana@channel.id' }, []],
  ])('%s', async (_, args, expected) => {
    const { slack, ana, channel, app } = await started('socket', () => undefined);
    await app.client.apiCall('chat.postMessage', { channel: channel.id, ...args });
    expect(slack.pings.map(id => (id === ana.id ? 'ANA' : id))).toEqual(expected);
  });

  it('that is updated without parse is read like typed text', async () => {
    const { slack, channel, app } = await started('socket', () => undefined);
    const { ts } = await app.client.chat.postMessage({ channel: channel.id, text: '@here', parse: 'none' });
    expect(slack.pings).toEqual([]);
    await app.client.chat.update({ channel: channel.id, ts: ts!, text: '@here' });
    expect(slack.pings).toEqual(['here']);
  });

  it('shows where it can be clicked', async () => {
    const { slack, channel, app } = await started('socket', () => undefined);
    await app.client.chat.postMessage({ channel: channel.id, text: '<https://jahat.id|bank>', parse: 'none' });
    expect(slack.links).toEqual(['https://jahat.id']);
  });

  it('beside blocks is not shown: it calls people, but nothing in it can be clicked', async () => {
    const { slack, channel, app } = await started('socket', () => undefined);
    const blocks: types.KnownBlock[] = [{ type: 'header', text: plain('Isu') }];
    await app.client.chat.postMessage({ channel: channel.id, text: '<!here> https://jahat.id', blocks });
    expect([slack.pings, slack.links]).toEqual([['here'], []]);
  });
});
