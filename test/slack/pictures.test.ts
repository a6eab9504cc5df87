import { webApi } from '@slack/bolt';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { Gallery } from '../../adapters/slack/gallery.ts';
import { SCOPES } from '../../adapters/slack/scopes.ts';
import type { Painter } from '../../src/bot/painter.ts';
import { PATIENCE } from '../../src/bot/pictures.ts';
import { picture, view } from '../../src/bot/view.ts';
import { createLog } from '../../src/log.ts';
import { CHARTS } from '../charts/charts.ts';
import { noPainter } from '../charts/failing.ts';
import { PATIENT } from '../charts/patient.ts';
import type { Json } from '../wire/discord/json.ts';
import { readableText } from '../wire/slack/reading.ts';
import { picturesIn } from '../wire/slack/slack-files.ts';
import { onTheWire } from './on-wire.ts';

type House = Awaited<ReturnType<typeof onTheWire>>;

const picturesOf = ({ slack }: House, blocks: Json | undefined) => picturesIn(slack.world, slack.team, blocks);
const widthOf = (bytes: Uint8Array): number => PNG.sync.read(Buffer.from(bytes)).width;

/** A forum with an indicator that was reported once. */
async function reported(house: House): Promise<void> {
  await house.setUp();
  const { say, ana } = house;
  await say(
    ana,
    'indikator tambah "Akses pangan" satuan:orang frekuensi:bulanan awal:1850 target:3000 tenggat:31/12/2099',
  );
  expect((await say(ana, 'indikator lapor N-1 nilai:2480 periode:lalu')).text).toContain('2.480');
}

/** A vote that is cast and closed; its ballot and its outcome stand in the channel of news. */
async function voted(house: House, basis = 'anggota'): Promise<void> {
  const { say, ana, slack, news } = house;
  await say(
    ana,
    `strategi usul Sirene perubahan:x alasan:x tutup:3d dasar:${basis} kuorum:1 cara:mayoritas mendesak:uji`,
  );
  await say(basis === 'mitra' ? house.budi : ana, 'strategi suara S-1 setuju');
  expect((await say(ana, 'strategi tutup S-1 alasan:"Semua memilih"')).text).toContain('lulus');
  const settled = () => slack.messages(news).filter(one => readableText(one).includes('lulus'));
  await slack.until(() => settled().length >= 2, 'ballot and outcome');
}

it('an answer says its words at once, and its picture follows below, for that person alone', async () => {
  await using house = await onTheWire();
  await reported(house);
  const { slack, ana } = house;
  const words = await house.say(ana, 'indikator lihat N-1');
  expect(words.text).toContain('2.480 orang');
  const pictures = () => slack.ephemerals(ana).filter(one => picturesOf(house, one.blocks).length > 0);
  await slack.until(() => pictures().length === 2, 'the pictures of the report and of the card');
  const [picture] = picturesOf(house, pictures().at(-1)!.blocks);
  expect(picture!.alt).toContain('2.480 orang');
  expect(pictures().at(-1)!.text).toContain('2.480 orang');
  expect(widthOf(picture!.file.bytes!)).toBe(800);
  // Both answers show the same picture: it was uploaded once.
  expect([slack.uploads.length, slack.failures, house.logged]).toEqual([1, [], []]);
});

it('a form that ends in a window gets its picture there', async () => {
  await using house = await onTheWire();
  await reported(house);
  const { slack, ana } = house;
  await house.say(ana, 'indikator lihat N-1');
  const card = slack.ephemerals(ana).findLast(one => readableText(one).includes('Lapor sekarang'))!;
  const form = await slack.click(card, 'Lapor sekarang', ana).answered();
  const sent = await slack.submitView(form.view!, { value: '2600', period: 'lalu' }, ana).answered();
  expect(sent.text).toContain('2.600');
  await slack.until(() => picturesOf(house, slack.modal(ana)?.json.blocks).length === 1, 'the picture in the window');
  expect([slack.failures, house.logged]).toEqual([[], []]);
});

it('what is for one person alone is shown to them directly, and in no channel', async () => {
  await using house = await onTheWire();
  const { slack, ana, budi, say } = house;
  await reported(house);
  await say(ana, 'mitra tambah BPBD');
  await say(ana, 'mitra tugaskan @Budi mitra:BPBD peran:wakil');
  await voted(house, 'mitra');
  expect((await say(budi, 'kemitraan nilai')).text).toContain('Suara');
  const told = await slack.until(() =>
    slack.directMessages(budi).find(one => picturesOf(house, one.blocks).length > 0),
  );
  expect(picturesOf(house, told.blocks)[0]!.alt).toContain('Suara');
  expect(slack.ephemerals(budi).flatMap(one => picturesOf(house, one.blocks))).toEqual([]);
  expect([slack.failures, house.logged]).toEqual([[], []]);
});

it('a closed vote stands with its picture in its ballot, which is edited, and in its outcome', async () => {
  await using house = await onTheWire('http');
  await house.setUp();
  await voted(house);
  const { slack, news } = house;
  const pictured = () => slack.messages(news).filter(one => picturesOf(house, one.blocks).length === 1);
  await slack.until(() => pictured().length === 2, 'two pictures');
  expect(pictured().some(one => one.history.length > 0)).toBe(true);
  for (const one of pictured()) expect(picturesOf(house, one.blocks)[0]!.alt).toContain('lulus; setuju 1');
  expect([slack.uploads.length, slack.failures, house.logged]).toEqual([1, [], []]);
});

const missing = Object.keys(SCOPES).filter(scope => scope !== 'files:write');

it.each([
  ['nothing can be painted', { paint: noPainter }],
  ['no file may be uploaded', { scopes: missing }],
] as const)('where %s the words go alone', async (_, options) => {
  await using house = await onTheWire('socket', options);
  await reported(house);
  await voted(house);
  const { slack, news, ana } = house;
  expect((await house.say(ana, 'indikator lihat N-1')).text).toContain('2.480 orang');
  expect(slack.messages(news).flatMap(one => picturesOf(house, one.blocks))).toEqual([]);
  expect(slack.messages(news).map(readableText).join()).toContain('setuju 1');
  expect(house.logged).toEqual([]);
});

it('a picture that Slack does not take in a message is left out of it', async () => {
  await using house = await onTheWire();
  await house.setUp();
  const { slack, news, ana, say } = house;
  await say(
    ana,
    'strategi usul Sirene perubahan:x alasan:x tutup:3d dasar:anggota kuorum:1 cara:mayoritas mendesak:uji',
  );
  await say(ana, 'strategi suara S-1 setuju');
  await slack.until(() => slack.messages(news).some(one => readableText(one).includes('1 / 1')), 'the ballot');
  slack.fail({ method: 'chat.postMessage', channel: news.id, error: 'invalid_blocks' });
  await say(ana, 'strategi tutup S-1 alasan:"Semua memilih"');
  const outcome = await slack.until(() => slack.messages(news).find(one => readableText(one).startsWith('✔ S-1')));
  expect([picturesOf(house, outcome.blocks).length, readableText(outcome).includes('setuju 1')]).toEqual([0, true]);
  expect(house.logged).toEqual([]);
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
  expect(PATIENCE.post).toBeLessThanOrEqual(3_000);
});
