import { expect, it } from 'vitest';
import { type JsonObject, objectsOf } from '../wire/discord/json.ts';
import { elementsOf } from '../wire/slack/input-state.ts';
import type { View } from '../wire/slack/model.ts';
import { readableText, readableView } from '../wire/slack/reading.ts';
import { aSlackApp, widened } from './app.ts';

const kindsIn = (view: View): JsonObject[string][] =>
  objectsOf(view.json.blocks)
    .flatMap(elementsOf)
    .map(element => element.type);

it('a form has native inputs, suggests things by name, and shows what is wrong beside the field', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await app.setUp();
  await say(ana, 'goal add "Sungai bersih"');
  const { view } = await say(ana, 'activity log');
  await widened(slack, view, ana);
  for (const kind of [
    'datepicker',
    'static_select',
    'number_input',
    'file_input',
    'external_select',
    'plain_text_input',
  ])
    expect(kindsIn(view)).toContain(kind);
  const suggested = await slack.suggest(view, 'goal', 'sungai', ana).answered();
  expect(suggested.choices.map(choice => choice.text)).toEqual(['T-1 Sungai bersih']);
  const wrong = await slack.submitView(view, { title: 'Gladi', participants: '5', women: '9' }, ana).answered();
  expect(Object.keys(wrong.errors)).toEqual(['women']);
  const right = await slack.submitView(view, { title: 'Gladi', participants: '9', women: '5' }, ana).answered();
  expect(right.text).toContain('K-1');
  expect([slack.failures, slack.pings, app.logged]).toEqual([[], [], []]);
});

it('what a typed command got wrong opens again with what was typed', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await app.setUp();
  const refused = await say(ana, 'activity log "Gladi pagi" date:"31 februari"');
  expect(refused.text).toContain('31 februari');
  const { view } = await app.press(refused.message, 'Perbaiki', ana);
  expect(JSON.stringify(view.json.blocks)).toContain('31 februari');
  // A date that no picker can hold is typed.
  const sent = await slack.submitView(view, { date: '20/11/2026' }, ana).answered();
  expect(sent.text).toContain('Gladi pagi');
  expect([slack.failures, slack.pings]).toEqual([[], []]);
});

it('a form that opened too late is offered by a button instead', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await app.setUp();
  slack.fail({ method: 'views.open', error: 'expired_trigger_id' });
  const late = await say(ana, 'issue raise');
  expect(late.opened).toEqual([]);
  const { view } = await app.press(late.message, 'Perbaiki', ana);
  expect((await slack.submitView(view, { title: 'Banjir' }, ana).answered()).text).toContain('I-1');
});

it('a form sent twice is one act', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await app.setUp();
  const { view } = await say(ana, 'issue raise');
  const sent = await slack.submitView(view, { title: 'Banjir' }, ana).answered();
  const again = await slack.redeliver(sent);
  expect(JSON.stringify(again.answer)).toContain('clear');
  expect((await say(ana, 'issue list')).text).not.toContain('I-2');
});

it('people and channels are named as Slack names them, and stand in texts as words', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await app.setUp();
  await say(ana, 'partner add BPBD');
  expect((await say(ana, 'partner assign @budi partner:BPBD role:wakil')).text).toContain('Budi');
  const raised = await say(ana, 'issue raise "Tanya @budi soal A < B"');
  expect(raised.text).toContain('Tanya @Budi soal A < B');
  await say(ana, 'indicator add Gladi partner:BPBD');
  expect(kindsIn((await say(ana, 'indicator handover N-1')).view)).toContain('users_select');
  expect([slack.failures, slack.pings]).toEqual([[], []]);
});

it('shortcuts open their forms; a message becomes an issue with its words', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, channel } = app;
  await app.setUp();
  for (const id of ['log_activity', 'raise_issue', 'report_indicator'])
    expect((await slack.shortcut(id, budi).answered()).opened).toHaveLength(1);
  const said = slack.say(channel, ana, `Talud retak, <@${ana.id}> tahu &amp; &lt;lihat&gt;`);
  const { view } = await slack.messageShortcut('issue_from_message', said, budi).answered();
  const raised = await slack.submitView(view, { title: 'Talud retak' }, budi).answered();
  expect(raised.text).toContain('Talud retak, @Ana tahu & <lihat>');
  expect([slack.failures, slack.pings]).toEqual([[], []]);
});

it('/rembug alone says what one can do, in the language one has chosen', async () => {
  await using app = await aSlackApp();
  const { ana, say } = app;
  await app.setUp();
  expect((await say(ana, '')).text).toContain('/rembug kegiatan');
  await say(ana, 'saya bahasa inggris');
  expect((await say(ana, '')).text).toContain('/rembug activity');
});

it('the Home tab shows what waits for a person, and follows their acts', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await app.setUp();
  await slack.openHome(ana).answered();
  await say(ana, 'issue raise "Pompa rusak"');
  await say(ana, 'issue assign I-1');
  await slack.until(() => readableView(slack.home(ana)!).includes('I-1 Pompa rusak'));
  // Each thing is a section with its own button beside it, and stands in no row below.
  await say(ana, 'issue raise Talud');
  await say(ana, 'issue assign I-2');
  const blocks = () => objectsOf(slack.home(ana)!.json.blocks);
  const sections = () =>
    blocks().flatMap(block =>
      block.accessory ? [readableText({ text: '', blocks: [block], attachments: [], files: [] })] : [],
    );
  await slack.until(() => sections().length === 2, 'a section for each issue');
  expect(sections()).toEqual([expect.stringMatching(/I-1 Pompa.*I-1/s), expect.stringMatching(/I-2 Talud.*I-2/s)]);
  expect(JSON.stringify(blocks().filter(block => block.type === 'actions'))).not.toContain('Pompa');
  // The tab itself is brought up to date meanwhile, which is no answer.
  const pressed = (label: string) => slack.click(slack.home(ana)!, label, ana).until(one => one.opened.length > 0);
  const shown = await pressed('I-2 Talud');
  expect(readableView(shown.opened[0]!)).toContain('I-2 Talud');
  // What a form from here comes to is told directly, since no chat is there to answer in.
  const form = await pressed('Laporkan isu');
  const sending = slack.submitView(form.opened[0]!, { title: 'Jembatan' }, ana);
  const sent = await sending.until(one => one.told.length > 0, 'the answer');
  expect([sent.told.length, sent.message.ephemeralFor, slack.modal(ana)]).toEqual([1, null, undefined]);
  expect(sent.text).toContain('I-3');
  expect([slack.failures, slack.pings]).toEqual([[], []]);
});

it('whoever is forgotten does not come back by an open Home tab, which shows nothing of them any more', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, say, store } = app;
  await app.setUp();
  await slack.openHome(budi).answered();
  await say(ana, 'issue raise "Pompa rusak"');
  await say(budi, 'issue assign I-1');
  const shown = () => readableView(slack.home(budi)!);
  await slack.until(() => shown().includes('I-1 Pompa rusak'));
  const asked = await say(budi, 'saya lupakan');
  await slack.click(asked.message, 'Ya, hapus', budi).answered();
  await slack.until(() => !shown().includes('I-1'));
  const { members, accounts } = store.tables;
  expect((await store.read.select().from(members)).map(one => one.name)).toEqual(['Ana', '#2']);
  expect((await store.read.select().from(accounts)).map(one => one.name)).toEqual(['Ana']);
  expect(app.logged).toEqual([]);
});
