import { expect, it } from 'vitest';
import { aSlackApp } from './app.ts';
import { nodesIn, shown } from './block-kit.ts';

it('a form has native inputs, suggests things by name, and shows what is wrong beside the field', async () => {
  await using app = await aSlackApp();
  const { slack, ana, news, say } = app;
  await say(ana, `forum setup Uji announce:<#${news}>`);
  await say(ana, 'goal add "Sungai bersih"');
  const { window } = await say(ana, 'activity log');
  const kinds = nodesIn(window!.view.blocks).map(node => node.type);
  for (const kind of [
    'datepicker',
    'static_select',
    'number_input',
    'file_input',
    'external_select',
    'plain_text_input',
  ])
    expect(kinds).toContain(kind);
  expect(await slack.suggest(window!, 'goal', 'sungai', ana)).toEqual(['T-1 Sungai bersih']);
  const wrong = await slack.submit(window!, { title: 'Gladi', participants: '5', women: '9' }, ana);
  expect(Object.keys(wrong.errors ?? {})).toEqual(['women']);
  const right = await slack.submit(window!, { title: 'Gladi', participants: '9', women: '5' }, ana);
  expect(right.text).toContain('K-1');
  expect(slack.faults).toEqual([]);
  expect(app.logged).toEqual([]);
});

it('what a typed command got wrong opens again with what was typed', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await say(ana, 'forum setup Uji');
  const refused = await say(ana, 'activity log "Gladi pagi" date:"31 februari"');
  expect(refused.text).toContain('31 februari');
  const { window } = await slack.click(refused, 'Perbaiki', ana);
  expect(JSON.stringify(window!.view.blocks)).toContain('31 februari');
  expect((await slack.submit(window!, { date: '20/11/2026' }, ana)).text).toContain('Gladi pagi');
  expect(slack.faults).toEqual([]);
});

it('a form that opened too late is offered by a button instead', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await say(ana, 'forum setup Uji');
  slack.breakNext('views.open', { status: 200, body: { ok: false, error: 'expired_trigger_id' } });
  const late = await say(ana, 'issue raise');
  expect(late.window).toBeUndefined();
  const { window } = await slack.click(late, 'Perbaiki', ana);
  expect((await slack.submit(window!, { title: 'Banjir' }, ana)).text).toContain('I-1');
});

it('a form sent twice is one act', async () => {
  await using app = await aSlackApp();
  const { slack, ana, news, say } = app;
  await say(ana, `forum setup Uji announce:<#${news}>`);
  const { window } = await say(ana, 'issue raise');
  const again = { ...window!, view: { ...window!.view } };
  await slack.submit(window!, { title: 'Banjir' }, ana);
  expect((await slack.submit(again, { title: 'Banjir' }, ana)).text).toContain('I-1');
  expect((await say(ana, 'issue list')).text).not.toContain('I-2');
});

it('people and channels are named as Slack names them, and stand in texts as words', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, say } = app;
  await say(ana, 'forum setup Uji');
  await say(ana, 'partner add BPBD');
  expect((await say(ana, `partner assign <@${budi.id}|budi> partner:BPBD role:wakil`)).text).toContain('Budi');
  const raised = await say(ana, `issue raise "Tanya <@${budi.id}|budi> soal A &lt; B"`);
  expect(raised.text).toContain('Tanya @Budi soal A < B');
  await say(ana, 'indicator add Gladi partner:BPBD');
  const { window } = await say(ana, 'indicator handover N-1');
  expect(nodesIn(window!.view.blocks).some(node => node.type === 'users_select')).toBe(true);
  expect(slack.faults).toEqual([]);
});

it('shortcuts open their forms; a message becomes an issue with its words', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, channel, say } = app;
  await say(ana, 'forum setup Uji');
  for (const id of ['log_activity', 'raise_issue', 'report_indicator'])
    expect((await slack.shortcut(budi, id)).window).toBeTruthy();
  const said = { channel, text: `Talud retak, <@${ana.id}> tahu &amp; &lt;lihat&gt;` };
  const { window } = await slack.shortcut(budi, 'issue_from_message', said);
  const raised = await slack.submit(window!, { title: 'Talud retak' }, budi);
  expect(raised.text).toContain('Talud retak, @Ana tahu & <lihat>');
  expect(slack.faults).toEqual([]);
});

it('/rembug alone says what one can do, in the language one has chosen', async () => {
  await using app = await aSlackApp();
  const { ana, say } = app;
  await say(ana, 'forum setup Uji');
  expect((await say(ana, '')).text).toContain('/rembug kegiatan');
  await say(ana, 'saya bahasa inggris');
  expect((await say(ana, '')).text).toContain('/rembug activity');
});

it('the Home tab shows what waits for a person, and follows their acts', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await say(ana, 'forum setup Uji');
  await slack.event({ type: 'app_home_opened', user: ana.id, tab: 'home', channel: 'D1' });
  await slack.until(() => slack.homes.has(ana.id));
  await say(ana, 'issue raise "Pompa rusak"');
  await say(ana, 'issue assign I-1');
  await slack.until(() => shown(slack.homes.get(ana.id)).includes('I-1 Pompa rusak'));
  expect(slack.faults).toEqual([]);
});

it('whoever is forgotten does not come back by an open Home tab, which shows nothing of them any more', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, say, store } = app;
  await say(ana, 'forum setup Uji');
  await slack.event({ type: 'app_home_opened', user: budi.id, tab: 'home', channel: 'D1' });
  await say(ana, 'issue raise "Pompa rusak"');
  await say(budi, 'issue assign I-1');
  await slack.until(() => shown(slack.homes.get(budi.id)).includes('I-1 Pompa rusak'));
  const asked = await say(budi, 'saya lupakan');
  await slack.click(asked, 'Ya, hapus', budi);
  await slack.until(() => !shown(slack.homes.get(budi.id)).includes('I-1'));
  const { members, accounts } = store.tables;
  expect((await store.read.select().from(members)).map(one => one.name)).toEqual(['Ana', '#2']);
  expect((await store.read.select().from(accounts)).map(one => one.name)).toEqual(['Ana']);
  expect(app.logged).toEqual([]);
});
