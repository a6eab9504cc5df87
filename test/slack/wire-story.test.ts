import { describe, expect, it } from 'vitest';
import { enqueue } from '../../src/delivery/outbox.ts';
import { quiet, until } from '../until.ts';
import { readableText } from '../wire/slack/reading.ts';
import { aSlackApp } from './app.ts';

const HOSTILE = '@channel <!here> *x* `kode` :smile: & <https://jahat.example|klik>';

describe.each(['socket', 'http'] as const)('over %s', over => {
  it('a forum’s life: set up, log by command and form, raise and resolve with a thread, report, vote, close, digest', async () => {
    await using app = await aSlackApp(over);
    const { slack, store, ana, budi, news, say } = app;
    expect((await app.setUp()).text).toContain('Forum Uji');
    await say(ana, 'partner add BPBD sector:government');
    await say(ana, 'partner assign @Budi partner:BPBD role:wakil');

    expect((await say(budi, 'kegiatan catat "Rapat RW" peserta:12')).text).toContain('K-1');
    const form = await say(budi, 'kegiatan catat');
    const logged = await slack.submitView(form.view!, { title: `Gladi ${HOSTILE}` }, budi).answered();
    expect(logged.text).toContain('K-2');

    expect((await say(budi, `isu laporkan "${HOSTILE}" tingkat:tinggi`)).text).toContain('I-1');
    await slack.called('chat.postMessage', 3);
    const card = slack.messages(news).at(-1)!;
    await slack.click(card, 'Saya tangani', ana).answered();
    // The card may be brought up to date meanwhile: it is the form that is waited for.
    const asked = slack.click(card, 'Selesaikan', ana);
    await slack.until(() => asked.opened.length, 'the form');
    await slack.submitView(asked.view, { resolution: 'Sudah bersih' }, ana).answered();
    const told = () => slack.thread(card).map(message => readableText(message));
    await slack.until(() => told().length >= 2, 'the steps');
    expect(told().at(-1)).toMatch(/Ana · Slack: menyelesaikan: Sudah bersih/);
    // Edits that wait for each other are one.
    await slack.until(() => readableText(card).includes('selesai'), 'the card brought up to date');

    await say(ana, 'indikator tambah Gladi frekuensi:mingguan hari_tenggat:0 mitra:BPBD');
    const [forum] = await store.read.select().from(store.tables.forums);
    const topic = { kind: 'reports_due', subject: 'x' };
    await store.write(forum!.id, tx =>
      enqueue(tx, forum!.id, { topic, to: { member: 2 }, due: app.clock.now(), occurrence: 'reminder' }),
    );
    await say(budi, 'saya lihat');
    await slack.until(() => slack.directMessages(budi).length, 'the reminder');
    const due = slack.directMessages(budi)[0]!;
    const report = await slack.click(due, 'Lapor sekarang', budi).answered();
    const reported = await slack.submitView(report.view!, { value: '3' }, budi).answered();
    expect(reported.text).toContain('Laporan N-1');

    await say(budi, 'strategi usul "Gladi Sabtu" alasan:"Warga bekerja" tutup:3d');
    expect((await say(budi, 'strategi suara S-1 setuju')).text).toContain('Suara tercatat');
    expect((await say(ana, 'strategi tutup S-1 alasan:"Semua memilih"')).text).toContain('lulus');
    expect((await say(ana, 'ringkasan sekarang')).text).toContain('masuk 1 dari 1');

    expect(slack.pings).toEqual([]);
    expect(slack.links.filter(link => link.includes('jahat'))).toEqual([]);
    expect([slack.failures, app.logged]).toEqual([[], []]);
  });
});

it.each([
  ['429 with Retry-After', { status: 429, retryAfter: 1 }],
  ['an error of the server', { status: 503 }],
  ['an internal error', { error: 'internal_error' }],
  ['a broken connection', { reset: true }],
] as const)('%s delays a card and loses none', async (_, fault) => {
  await using app = await aSlackApp();
  const { slack, ana, news, say } = app;
  await app.setUp();
  const spoilt = slack.fail({ ...fault, method: 'chat.postMessage', channel: news.id });
  expect((await say(ana, 'kegiatan catat Gladi')).text).toContain('K-1');
  const cards = () => slack.messages(news).filter(one => readableText(one).includes('K-1'));
  await until(async () => {
    if (spoilt.hits && !cards().length) await say(ana, 'kegiatan lihat K-1');
    return cards().length;
  }, 'the card');
  expect([spoilt.hits, cards().length]).toEqual([1, 1]);
});

it('what Slack failed on after it had posted it is recorded as doubtful when it is sent again', async () => {
  await using app = await aSlackApp();
  const { slack, store, ana, news, say } = app;
  await app.setUp();
  slack.fail({ method: 'chat.postMessage', channel: news.id, status: 500, after: true });
  await say(ana, 'kegiatan catat Gladi');
  while (slack.messages(news).length < 2) await say(ana, 'kegiatan lihat K-1');
  const { deliveries } = store.tables;
  const row = async () => (await store.read.select().from(deliveries)).find(one => one.topic === 'activity');
  while ((await row())?.state === 'pending') await say(ana, 'kegiatan lihat K-1');
  expect((await row())!.reason).toContain('sent again');
  expect(slack.messages(news)).toHaveLength(2);
});

it('a dropped socket and an act that comes twice: nothing is lost, nothing is doubled', async () => {
  await using app = await aSlackApp();
  const { slack, store, ana, say } = app;
  await app.setUp();
  slack.duplicateNext();
  expect((await say(ana, 'kegiatan catat Satu')).text).toContain('K-1');
  slack.socket.drop();
  await slack.connected();
  expect((await say(ana, 'kegiatan catat Dua')).text).toContain('K-2');
  const rows = await store.read.select().from(store.tables.activities);
  expect(rows.map(row => row.title)).toEqual(['Satu', 'Dua']);
});

it('a workspace that uninstalls has left; its record stays', async () => {
  await using app = await aSlackApp();
  const { slack, store, ana, say } = app;
  await app.setUp();
  await say(ana, 'kegiatan catat Satu');
  slack.uninstall();
  const left = async () => (await store.read.select().from(store.tables.places))[0]!.leftAt;
  await until(left, 'the bot to have left');
  expect(await store.read.select().from(store.tables.activities)).toHaveLength(1);
});

it('a token that is withdrawn ends the trying: health says so, and nothing is asked again and again', async () => {
  await using app = await aSlackApp();
  const { slack, adapter, ana, say } = app;
  await app.setUp();
  const before = slack.calls.length;
  slack.revokeTokens();
  await say(ana, 'kegiatan catat Satu').catch(() => undefined);
  await until(() => !adapter.health().well, 'the word that it is not well');
  // What was under way is answered and one refusal confirmed.
  await quiet(() => slack.calls.length, 'what was asked');
  const first = slack.calls.length;
  expect(first - before).toBeLessThan(7);
  // A minute later another act asks for itself once, and what was refused is not asked for with it.
  app.clock.skip(60_000);
  await say(ana, 'kegiatan catat Dua').catch(() => undefined);
  await quiet(() => slack.calls.length, 'what was asked then');
  const posts = slack.calls.slice(first).filter(call => call.method === 'chat.postMessage');
  expect(posts.length).toBeLessThan(2);
  expect(slack.calls.length - first).toBeLessThan(5);
});

it('a channel that is archived stops nothing: the coordinator is told once, directly', async () => {
  await using app = await aSlackApp();
  const { slack, ana, news, say } = app;
  await app.setUp();
  slack.archive(news, ana);
  expect((await say(ana, 'kegiatan catat Satu')).text).toContain('K-1');
  await slack.until(() => slack.directMessages(ana).length, 'the word to the coordinator');
  expect(slack.directMessages(ana).map(one => readableText(one))[0]).toContain('kabar');
  expect((await say(ana, 'kegiatan catat Dua')).text).toContain('K-2');
});
