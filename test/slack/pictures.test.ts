import { webApi } from '@slack/bolt';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { SCOPES } from '../../adapters/slack/scopes.ts';
import { Gallery } from '../../adapters/slack/uploads.ts';
import { PICTURE_TIMEOUTS } from '../../src/adapter-kit/pictures.ts';
import { createLog } from '../../src/contract/log.ts';
import type { Painter } from '../../src/contract/painter.ts';
import { picture, view } from '../../src/contract/view.ts';
import { CHARTS } from '../charts/charts.ts';
import { noPainter } from '../charts/failing.ts';
import { PATIENT } from '../charts/patient.ts';
import type { Json } from '../wire/discord/json.ts';
import { readableText } from '../wire/slack/reading.ts';
import { picturesIn } from '../wire/slack/slack-files.ts';
import { aSlackApp } from './app.ts';

type App = Awaited<ReturnType<typeof aSlackApp>>;

const picturesOf = ({ slack }: App, blocks: Json | undefined) => picturesIn(slack.world, slack.team, blocks);
const widthOf = (bytes: Uint8Array): number => PNG.sync.read(Buffer.from(bytes)).width;

/** A forum with an indicator that was reported once. */
async function reported(app: App): Promise<void> {
  await app.setUp();
  const { say, ana } = app;
  await say(
    ana,
    'indikator tambah "Akses pangan" satuan:orang frekuensi:bulanan awal:1850 target:3000 tenggat:31/12/2099',
  );
  expect((await say(ana, 'indikator lapor N-1 nilai:2480 periode:lalu')).text).toContain('2.480');
}

/** A vote that is cast and closed; its ballot and its outcome stand in the channel of news. */
async function voted(app: App, basis = 'anggota'): Promise<void> {
  const { say, ana, slack, news } = app;
  await say(
    ana,
    `strategi usul Sirene perubahan:x alasan:x tutup:3d dasar:${basis} kuorum:1 cara:mayoritas mendesak:uji`,
  );
  await say(basis === 'mitra' ? app.budi : ana, 'strategi suara S-1 setuju');
  expect((await say(ana, 'strategi tutup S-1 alasan:"Semua memilih"')).text).toContain('lulus');
  const settled = () => slack.messages(news).filter(one => readableText(one).includes('lulus'));
  await slack.until(() => settled().length >= 2, 'ballot and outcome');
}

it('an answer says its words at once, and its picture follows below, for that person alone', async () => {
  await using app = await aSlackApp();
  await reported(app);
  const { slack, ana } = app;
  const words = await app.say(ana, 'indikator lihat N-1');
  expect(words.text).toContain('2.480 orang');
  const pictures = () => slack.ephemerals(ana).filter(one => picturesOf(app, one.blocks).length > 0);
  await slack.until(() => pictures().length === 2, 'the pictures of the report and of the card');
  const [picture] = picturesOf(app, pictures().at(-1)!.blocks);
  expect(picture!.alt).toContain('2.480 orang');
  expect(pictures().at(-1)!.text).toContain('2.480 orang');
  expect(widthOf(picture!.file.bytes!)).toBe(800);
  // Both answers show the same picture: it was uploaded once.
  expect([slack.uploads.length, slack.failures, app.logged]).toEqual([1, [], []]);
});

it('a form gets its picture where it is answered', async () => {
  await using app = await aSlackApp();
  await reported(app);
  const { slack, ana } = app;
  await app.say(ana, 'indikator lihat N-1');
  const card = slack.ephemerals(ana).findLast(one => readableText(one).includes('Lapor sekarang'))!;
  const form = await slack.click(card, 'Lapor sekarang', ana).answered();
  const sent = await slack.submitView(form.view!, { value: '2600', period: 'Okt 26: 2.480 orang' }, ana).answered();
  expect(sent.text).toContain('2.600');
  const alts = () => slack.ephemerals(ana).flatMap(one => picturesOf(app, one.blocks).map(({ alt }) => alt));
  await slack.until(() => alts().some(alt => alt.includes('2.600')), 'the picture');
  expect([slack.failures, app.logged]).toEqual([[], []]);
});

it('what is for one person alone is shown to them directly, and in no channel', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, say } = app;
  await reported(app);
  await say(ana, 'mitra tambah BPBD');
  await say(ana, 'mitra tugaskan @Budi mitra:BPBD peran:wakil');
  await voted(app, 'mitra');
  expect((await say(budi, 'kemitraan nilai')).text).toContain('Suara');
  const told = await slack.until(() => slack.directMessages(budi).find(one => picturesOf(app, one.blocks).length > 0));
  expect(picturesOf(app, told.blocks)[0]!.alt).toContain('Suara');
  expect(slack.ephemerals(budi).flatMap(one => picturesOf(app, one.blocks))).toEqual([]);
  expect([slack.failures, app.logged]).toEqual([[], []]);
});

it('a closed vote stands with its picture in its ballot, which is edited, and in its outcome', async () => {
  await using app = await aSlackApp('http');
  await app.setUp();
  await voted(app);
  const { slack, news } = app;
  const pictured = () => slack.messages(news).filter(one => picturesOf(app, one.blocks).length === 1);
  await slack.until(() => pictured().length === 2, 'two pictures');
  expect(pictured().some(one => one.history.length > 0)).toBe(true);
  for (const one of pictured()) expect(picturesOf(app, one.blocks)[0]!.alt).toContain('lulus; setuju 1');
  expect([slack.uploads.length, slack.failures, app.logged]).toEqual([1, [], []]);
});

const missing = Object.keys(SCOPES).filter(scope => scope !== 'files:write');

it.each([
  ['nothing can be painted', { paint: noPainter }],
  ['no file may be uploaded', { scopes: missing }],
] as const)('where %s the words go alone', async (_, options) => {
  await using app = await aSlackApp('socket', options);
  await reported(app);
  await voted(app);
  const { slack, news, ana } = app;
  expect((await app.say(ana, 'indikator lihat N-1')).text).toContain('2.480 orang');
  expect(slack.messages(news).flatMap(one => picturesOf(app, one.blocks))).toEqual([]);
  expect(slack.messages(news).map(readableText).join()).toContain('setuju 1');
  expect(app.logged).toEqual([]);
});

it('a picture that Slack does not take in a message is left out of it', async () => {
  await using app = await aSlackApp();
  await app.setUp();
  const { slack, news, ana, say } = app;
  await say(
    ana,
    'strategi usul Sirene perubahan:x alasan:x tutup:3d dasar:anggota kuorum:1 cara:mayoritas mendesak:uji',
  );
  await say(ana, 'strategi suara S-1 setuju');
  const ballot = await slack.until(
    () => slack.messages(news).find(one => readableText(one).includes('1 / 1')),
    'the ballot',
  );
  slack.fail({ method: 'chat.postMessage', channel: news.id, error: 'invalid_blocks' });
  await say(ana, 'strategi tutup S-1 alasan:"Semua memilih"');
  const outcome = await slack.until(() =>
    slack.messages(news).find(one => one.ts !== ballot.ts && readableText(one).startsWith('✔ S-1')),
  );
  expect([picturesOf(app, outcome.blocks).length, readableText(outcome).includes('setuju 1')]).toEqual([0, true]);
  expect(app.logged).toEqual([]);
});

it('a post waits for its pictures no longer than it may', async () => {
  const never: Painter = { ...noPainter(), png: () => new Promise(() => {}) };
  const log = createLog(
    { level: 'warn', format: 'json' },
    () => new Date(0),
    () => {},
  );
  const gallery = new Gallery(never, log, { post: 1, answer: PATIENT.answer });
  const post = view('Hasil', { blocks: [picture(CHARTS.rows, 'Gambar')] });
  expect(await gallery.of(new webApi.WebClient('t'), 'T1', post, 'post')).toEqual(new Map());
  expect(PICTURE_TIMEOUTS.post).toBeLessThanOrEqual(3_000);
});
