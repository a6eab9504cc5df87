import { type types, webApi } from '@slack/bolt';
import { expect, it } from 'vitest';
import { Answers } from '../../adapters/slack/answer.ts';
import { Gallery } from '../../adapters/slack/uploads.ts';
import { Windows } from '../../adapters/slack/windows.ts';
import { registryOf } from '../../src/app/app.ts';
import { createLog, type Log } from '../../src/contract/log.ts';
import { picture, view } from '../../src/contract/view.ts';
import { CHARTS } from '../charts/charts.ts';
import { holdable } from '../charts/patient.ts';
import { picturesIn } from '../wire/slack/slack-files.ts';
import { aSlackApp, inWindow } from './app.ts';

/** A forum with an indicator, whose form stands in a window; pictures are held. */
async function aForm() {
  let held: ReturnType<typeof holdable> | undefined;
  const paint = (log: Log) => {
    held = holdable(log);
    return held.painter;
  };
  const app = await aSlackApp('socket', { paint });
  await app.setUp();
  const { slack, ana, say } = app;
  await say(
    ana,
    'indikator tambah "Akses pangan" satuan:orang frekuensi:bulanan awal:1850 target:3000 tenggat:31/12/2099',
  );
  const card = await say(ana, 'indikator lihat N-1');
  const window = await inWindow(slack, card, card.message.blocks, app.channel.id);
  const { view: form } = await slack.click(window, 'Lapor sekarang', ana).answered();
  return { house: app, painter: held!.painter, release: held!.hold(), form: form! };
}

const OTHER: types.ModalView = {
  type: 'modal',
  title: { type: 'plain_text', text: 'Lain' },
  blocks: [{ type: 'divider' }],
};

const clientOf = ({ slack }: Awaited<ReturnType<typeof aSlackApp>>) =>
  new webApi.WebClient(slack.team.token, { slackApiUrl: slack.api });

it.each([
  ['the form that was opened in its window', 'form'],
  ['what another process has put into its window', 'other'],
] as const)('a late picture leaves alone %s', async (_, what) => {
  const { house: app, release, form } = await aForm();
  await using __ = app;
  const { slack, ana } = app;
  await slack.submitView(form, { value: '2600', period: 'Okt 26' }, ana).answered();
  expect(JSON.stringify(slack.modal(ana)!.json)).toContain('2.600');
  if (what === 'form') await slack.click(slack.modal(ana)!, 'Lapor sekarang', ana).answered();
  else await clientOf(app).views.update({ view_id: form.id, view: OTHER });
  const there = JSON.stringify(slack.modal(ana)!.json);
  expect(there).toContain(what === 'form' ? '"type":"input"' : 'Lain');
  const uploads = slack.uploads.length;
  release();
  // The adapter ends when all that it has begun has.
  await app.adapter.stop();
  expect(slack.uploads).toHaveLength(uploads + 1);
  expect(JSON.stringify(slack.modal(ana)!.json)).toBe(there);
  expect([slack.failures, app.logged]).toEqual([[], []]);
});

it.each([
  ['stands, its picture comes', false],
  ['has been replaced, its picture does not come', true],
] as const)('where what was shown in a window %s', async (_, replaced) => {
  const { house: app, painter, release, form } = await aForm();
  await using __ = app;
  const { slack, ana, channel } = app;
  release();
  const log = createLog(
    { level: 'info', format: 'json' },
    () => new Date(0),
    line => app.logged.push(line),
  );
  const client = clientOf(app);
  const bot = { content: () => ReadableStream.from([]) };
  const answers = new Answers(bot, registryOf(), new Gallery(painter, log), log, new Windows());
  const answer = { kind: 'view', view: view('Hasil', { blocks: [picture(CHARTS.rows, 'Gambar')] }) } as const;
  const spot = await answers.show(answer, {
    client,
    workspace: slack.team.id,
    user: ana.id,
    trigger: undefined,
    origin: { channel: channel.id },
    modal: form.id,
    respond: undefined,
  });
  if (replaced) await client.views.update({ view_id: form.id, view: OTHER });
  await answers.illustrate(answer, spot);
  const { json } = slack.modal(ana)!;
  expect(picturesIn(slack.world, slack.team, json.blocks)).toHaveLength(replaced ? 0 : 1);
  expect(JSON.stringify(json).includes('Lain')).toBe(replaced);
  expect(app.logged).toEqual([]);
});

it('what an acknowledgement has put into a window stands until somebody does something there', () => {
  const windows = new Windows();
  const turn = windows.touched('V1');
  const shown = windows.acknowledged('V1', turn, 'a name');
  windows.touched('V2');
  expect([shown.at, shown.stands()]).toEqual([{ external_id: 'a name' }, true]);
  windows.touched('V1');
  expect(shown.stands()).toBe(false);
});

it('what stands in a window that is remembered no more counts as replaced', () => {
  const windows = new Windows();
  const shown = windows.acknowledged('V', windows.touched('V'), 'a name');
  for (let i = 0; i < 9_999; i++) windows.touched(`V${i}`);
  expect(shown.stands()).toBe(true);
  windows.touched('another');
  expect(shown.stands()).toBe(false);
});
