import type { App, types } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { closeAll, started } from './slack/started.ts';

afterEach(closeAll);

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
const title: types.InputBlock = {
  type: 'input',
  block_id: 'judul',
  label: plain('Judul'),
  element: { type: 'plain_text_input', action_id: 'v', initial_value: 'Rapat' },
};
const form: types.ModalView = {
  type: 'modal',
  callback_id: 'catat',
  title: plain('Catat'),
  submit: plain('Simpan'),
  blocks: [title],
};
const vote = (text = 'Setuju?'): types.KnownBlock[] => [
  { type: 'section', text: plain(text) },
  { type: 'actions', elements: [{ type: 'button', action_id: 'ya', text: plain('Ya'), value: '1' }] },
];

describe.each(['socket', 'http'] as const)('over %s', over => {
  it('a command is answered by its acknowledgement, for that person alone', async () => {
    const { slack, ana, channel } = await started(over, app => app.command('/rembug', ({ ack }) => ack('Halo')));
    const seen = await slack.command({ channel, user: ana, command: '/rembug' }).answered();
    expect([seen.text, seen.ephemeral, slack.messages(channel)]).toEqual(['Halo', true, []]);
  });

  it('a command is answered at its response_url, in the channel where the app is not', async () => {
    const { slack, ana } = await started(over, app =>
      app.command('/rembug', async ({ ack, respond }) => {
        await ack();
        await respond({ response_type: 'in_channel', text: 'Halo semua' });
      }),
    );
    const channel = slack.addChannel('jauh', { members: [ana], withApp: false });
    const seen = await slack.command({ channel, user: ana, command: '/rembug' }).answered();
    expect([seen.text, slack.messages(channel).map(m => m.text)]).toEqual(['Halo semua', ['Halo semua']]);
  });

  it('a command opens a form, and the form answers with errors under its fields', async () => {
    const { slack, ana, channel } = await started(over, withForm);
    const seen = await slack.command({ channel, user: ana, command: '/rembug' }).answered();
    expect(seen.text).toBe('Catat\nJudul\nRapat\nSimpan');
    const sent = await slack.submitView(seen.view, { Judul: 'x' }, ana).answered();
    expect([sent.errors, slack.modal(ana)]).toEqual([{ judul: 'Terlalu pendek' }, seen.view]);
  });

  it('a form that is taken closes', async () => {
    const { slack, ana, channel } = await started(over, withForm);
    const { view } = await slack.command({ channel, user: ana, command: '/rembug' }).answered();
    const sent = await slack.submitView(view, { Judul: 'Rapat warga' }, ana).answered();
    expect([sent.errors, slack.modal(ana)]).toEqual([{}, undefined]);
  });

  it('a form turns into its answer, and another form comes on top of it', async () => {
    const { slack, ana, channel } = await started(over, app => {
      withOpening(app);
      app.view('catat', ({ ack }) =>
        ack({ response_action: 'update', view: { ...form, callback_id: 'lagi', title: plain('Lagi') } }),
      );
      app.view('lagi', ({ ack }) => ack({ response_action: 'push', view: { ...form, title: plain('Atas') } }));
    });
    const { view } = await slack.command({ channel, user: ana, command: '/rembug' }).answered();
    const changed = await slack.submitView(view, {}, ana).answered();
    const pushed = await slack.submitView(changed.view, {}, ana).answered();
    expect([changed.view.id, pushed.view.rootId, pushed.text.split('\n')[0]]).toEqual([view.id, view.id, 'Atas']);
  });

  it('a button changes its message, and the change is counted', async () => {
    const { slack, ana, channel, app } = await started(over, app =>
      app.action('ya', async ({ ack, client, body }) => {
        await ack();
        const { channel: at, message } = body as Pressed;
        await client.chat.update({
          channel: at.id,
          ts: message.ts,
          text: '1',
          blocks: vote('Setuju: 1'),
          parse: 'none',
        });
      }),
    );
    await app.client.chat.postMessage({ channel: channel.id, text: '0', blocks: vote() });
    const [message] = slack.messages(channel);
    await slack.click(message!, 'Ya', ana).answered();
    expect([message?.blocks[0]?.text, message?.history.length]).toEqual([plain('Setuju: 1'), 1]);
  });

  it('a button answers beside its message', async () => {
    const { slack, ana, channel, app } = await started(over, app =>
      app.action('ya', async ({ ack, respond, payload }) => {
        await ack();
        await respond({ text: `Tercatat ${'value' in payload ? payload.value : ''}`, replace_original: false });
      }),
    );
    await app.client.chat.postMessage({ channel: channel.id, text: '0', blocks: vote() });
    const seen = await slack.click(slack.messages(channel)[0]!, 'ya', ana).answered();
    expect([seen.text, seen.ephemeral]).toEqual(['Tercatat 1', true]);
  });

  it('a menu that loads its options shows what the app offers', async () => {
    const { slack, ana, channel } = await started(over, app => {
      withOpening(app, [
        {
          ...title,
          element: { type: 'external_select', action_id: 'cari', min_query_length: 1, placeholder: plain('Cari') },
        },
      ]);
      app.options('cari', ({ ack, payload }) => ack({ options: [{ text: plain(`${payload.value}?`), value: 'I-1' }] }));
    });
    const { view } = await slack.command({ channel, user: ana, command: '/rembug' }).answered();
    const offered = await slack.suggest(view, 'Judul', 'ra', ana).answered();
    expect(offered.choices).toEqual([{ text: 'ra?', value: 'I-1' }]);
  });

  it('a global shortcut opens a form, a message shortcut reads the message', async () => {
    const { slack, ana, channel } = await started(over, app => {
      app.shortcut('catat', async ({ ack, client, shortcut }) => {
        await ack();
        await client.views.open({ trigger_id: shortcut.trigger_id, view: form });
      });
      app.shortcut({ type: 'message_action', callback_id: 'isu' }, async ({ ack, respond, shortcut }) => {
        await ack();
        await respond(`Dibaca: ${shortcut.message.text}`);
      });
    });
    expect((await slack.shortcut('catat', ana).answered()).view.json.callback_id).toBe('catat');
    const message = slack.say(channel, ana, 'Tanggul retak');
    expect((await slack.messageShortcut('isu', message, ana).answered()).text).toBe('Dibaca: Tanggul retak');
  });

  it('the Home tab is published when it is opened, and its buttons publish it anew', async () => {
    const { slack, ana } = await started(over, app => {
      app.event('app_home_opened', ({ event, client }) =>
        client.views.publish({ user_id: event.user, view: { type: 'home', blocks: vote('Selamat datang') } }).then(),
      );
      app.action('ya', async ({ ack, client, body }) => {
        await ack();
        await client.views.publish({ user_id: body.user.id, view: { type: 'home', blocks: vote('Terima kasih') } });
      });
    });
    await slack.openHome(ana).answered();
    const home = slack.home(ana)!;
    const seen = await slack.click(home, 'Ya', ana).answered();
    expect(seen.text).toBe('Terima kasih\nYa');
  });

  it('an event comes again with its number and reason', async () => {
    const heard: unknown[] = [];
    const { slack, ana, channel } = await started(over, app =>
      app.event('channel_archive', async ({ event, body, context }) => {
        heard.push([event.channel, body.event_id, context.retryNum, context.retryReason]);
      }),
    );
    const told = await slack.archive(channel, ana).acknowledged();
    await slack.redeliver(told);
    const id = told.payload.event_id;
    const first = over === 'socket' ? [0, ''] : [undefined, undefined];
    expect(heard).toEqual([
      [channel.id, id, ...first],
      [channel.id, id, 1, 'http_timeout'],
    ]);
  });

  it('what is never acknowledged ends in operation_timeout', async () => {
    const { slack, ana, channel } = await started(over, app => app.command('/rembug', async () => undefined), {
      answerWithinMs: 50,
    });
    const seen = await slack.command({ channel, user: ana, command: '/rembug' }).answered();
    expect(seen.problem).toContain('operation_timeout');
  });
});

interface Pressed {
  readonly channel: { readonly id: string };
  readonly message: { readonly ts: string };
}

function withOpening(app: App, blocks: types.KnownBlock[] = [title]): void {
  app.command('/rembug', async ({ ack, client, command }) => {
    await ack();
    await client.views.open({ trigger_id: command.trigger_id, view: { ...form, blocks } });
  });
}

function withForm(app: App): void {
  withOpening(app);
  app.view('catat', ({ ack, view }) => {
    const given = view.state.values.judul?.v?.value ?? '';
    return given.length < 3 ? ack({ response_action: 'errors', errors: { judul: 'Terlalu pendek' } }) : ack();
  });
}
