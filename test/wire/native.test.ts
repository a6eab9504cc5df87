import { expect, it } from 'vitest';
import { modalOf as onDiscord } from '../../adapters/discord/forms.ts';
import { modalOf as onSlack } from '../../adapters/slack/forms.ts';
import { commands } from '../../commands/index.ts';
import { questionOf } from '../../src/adapter-kit/field-words.ts';
import { formFor } from '../../src/bot/forms.ts';
import { catalogue } from '../../src/language/messages.ts';
import { aDiscordApp } from '../discord/app.ts';
import { aSlackApp, widened } from '../slack/app.ts';
import { UNLIMITED } from '../unlimited.ts';
import { START } from '../world.ts';
import { readableText } from './slack/reading.ts';

it('W19: a field asks in words that anybody understands, whole within 45 characters', () => {
  const asked = Object.values(catalogue).flatMap(m =>
    commands.flatMap(command =>
      command.actions.flatMap(action =>
        Object.values(action.words(m).options).map(({ name, help }) => questionOf({ label: name, help: `${help}.` })),
      ),
    ),
  );
  expect(asked.filter(words => words.length > 45)).toEqual([]);
  // Most are a phrase, and not the name that is typed.
  expect(asked.filter(words => words.includes(' ')).length / asked.length).toBeGreaterThan(0.6);
});

it.each(['id', 'en'] as const)('W19, W23, S22: titles, labels and hints of all forms stand whole, in %s', locale => {
  const ctx = { m: catalogue[locale], locale, zone: 'Asia/Jakarta', now: START, commands } as const;
  const cut: string[] = [];
  /** Notes each word of ours that ends in a sign of having been cut, or is longer than the platform takes. */
  const whole = (what: string, words: string | undefined, most: number) => {
    if (words !== undefined && (words.endsWith('…') || words.length > most)) cut.push(`${what}: ${words}`);
  };
  interface Modal {
    title: string | { text: string };
    components?: { label: string; description?: string; component: { options?: { label: string }[] } }[];
    blocks?: {
      label?: { text: string };
      hint?: { text: string };
      element?: { options?: { text: { text: string } }[] };
    }[];
  }
  for (const action of commands.flatMap(command => command.actions))
    for (const asked of Object.keys(action.options)) {
      const form = formFor(action, ctx, '1.x', {}, [asked]);
      const discord = onDiscord(form) as unknown as Modal;
      whole(action.id, discord.title as string, 45);
      for (const { label, description, component } of discord.components!) {
        whole(action.id, label, 45);
        whole(action.id, description, 100);
        for (const option of component.options ?? []) whole(action.id, option.label, 100);
      }
      const slack = onSlack(form, { channel: null }) as unknown as Modal;
      whole(action.id, (slack.title as { text: string }).text, 24);
      for (const { label, hint, element } of slack.blocks!) {
        whole(action.id, label?.text, 45);
        whole(action.id, hint?.text, 2_000);
        for (const option of element?.options ?? []) whole(action.id, option.text.text, 75);
      }
    }
  expect([...new Set(cut)]).toEqual([]);
  // A button is read whole on a phone.
  for (const [name, label] of Object.entries(catalogue[locale].button))
    if (typeof label === 'string') expect([name, label.length <= 34]).toEqual([name, true]);
});

it('S22, S23: each option has the native input of its kind in the forms of both platforms', () => {
  const ctx = { m: catalogue.id, locale: 'id', zone: 'Asia/Jakarta', now: START, commands } as const;
  const SLACK: Record<string, string> = {
    ...{ date: 'datepicker', instant: 'datetimepicker', time: 'timepicker', whole: 'number_input' },
    ...{ choice: 'static_select', flag: 'static_select', entity: 'external_select' },
    ...{ member: 'users_select', channel: 'conversations_select', file: 'file_input' },
  };
  const MANY: Record<string, string> = { member: 'multi_users_select', entity: 'multi_external_select' };
  const DISCORD: Record<string, number> = { choice: 3, flag: 3, member: 5, role: 6, channel: 8, file: 19 };
  for (const action of commands.flatMap(command => command.actions))
    for (const [key, { hidden }] of Object.entries(action.options)) {
      if (hidden) continue;
      const form = formFor(action, ctx, '1.x', {}, [key]);
      const [field] = form.fields;
      if (!field || field.option !== key) continue;
      const [first] = (onDiscord(form) as unknown as { components: { component: { type: number } }[] }).components;
      const block = onSlack(form, { channel: null }).blocks.find(one => 'element' in one);
      const element = (block as unknown as { element: { type: string; min_query_length?: number } }).element;
      const wanted = field.many ? MANY[field.many.input] : SLACK[field.input];
      if (wanted) expect([action.id, key, element.type]).toEqual([action.id, key, wanted]);
      if (/external/.test(element.type)) expect(element.min_query_length).toBe(0);
      const native = field.many?.input === 'member' ? 5 : DISCORD[field.input];
      if (native) expect([action.id, key, first!.component.type]).toEqual([action.id, key, native]);
    }
});

it('S22, S23: the periods of an indicator are a menu on both platforms, with what was reported in each', async () => {
  const SETUP = [
    'partner add BPBD',
    'goal add "Desa siaga"',
    'indicator add Relawan goal:T-1 frequency:monthly partner:M-1 unit:orang',
  ] as const;
  await using app = await aSlackApp();
  const { slack, ana, say, store } = app;
  await app.setUp();
  for (const line of SETUP) await say(ana, line);
  await say(ana, `partner assign <@${ana.id}> partner:BPBD role:representative`);
  await say(ana, 'indicator report N-1 12 period:2026-10');
  const form = await say(ana, 'indicator correct N-1');
  type Option = { value: string; text: { text: string } };
  type Block = { block_id: string; label: { text: string }; element: { type: string; options?: Option[] } };
  const field = (id: string) =>
    (form.view.json as unknown as { blocks: Block[] }).blocks.find(one => one.block_id === id)!;
  const { element } = field('period');
  expect(element.type).toBe('static_select');
  const made = element.options!.find(one => one.value === '2026-10')!;
  expect(made.text.text).toBe('Okt 26: 12 orang');
  const filled = { [field('value').label.text]: '13', reason: 'salah ketik', period: made.text.text };
  await slack.submitView(form.view, filled, ana).answered();
  expect((await store.read.select().from(store.tables.reports)).map(one => one.value)).toEqual(['12', '13']);
  expect(app.logged).toEqual([]);

  await using other = await aDiscordApp({ fairUse: UNLIMITED });
  await other.say('forum', 'setup', { name: 'Forum Uji', announce: other.news });
  await other.say('partner', 'add', { name: 'BPBD' });
  await other.say('indicator', 'add', { name: 'Relawan', frequency: 'weekly', partner: 'M-1' });
  await other.say('partner', 'assign', { member: other.ana, partner: 'M-1', role: 'representative' });
  const nothing = await other.say('indicator', 'none', { indicator: 'N-1' });
  const menu = nothing.modal.fields.find(one => one.component.custom_id === 'period')!;
  const options = (menu.component as unknown as { options: { value: string }[] }).options;
  expect([options.length, options[0]!.value.startsWith('20')]).toEqual([24, true]);
  const given = { reason: 'banjir', period: [options[1]!.value] };
  const sent = await other.discord.submitModal(nothing.modal, given, other.ana).answered();
  expect(sent.text).toContain(options[1]!.value);
  // Typed behind a command they are offered as well.
  const typed = other.discord.autocomplete({
    channel: other.channel,
    user: other.ana,
    name: 'indicator',
    subcommand: 'none',
    options: { indicator: 'N-1', period: options[2]!.value },
    focused: 'period',
  });
  expect((await typed.answered()).choices.map(one => one.value)).toEqual([options[2]!.value]);
  expect([other.discord.failures, other.logged]).toEqual([[], []]);
});

it('S23, S22: on Slack partners and people are ticked in menus, and nothing tells how to type there', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, say, store } = app;
  await app.setUp();
  await say(budi, 'me show');
  for (const name of ['BPBD', 'Unpad']) await say(ana, `partner add ${name}`);
  const form = await say(ana, 'activity log');
  await widened(slack, form.view, ana);
  type Block = { block_id: string; label: { text: string }; hint?: { text: string }; element: { type: string } };
  const blocks = (form.view.json as unknown as { blocks: Block[] }).blocks;
  const field = (id: string) => blocks.find(one => one.block_id === id)!;
  expect(field('partners').element).toMatchObject({ type: 'multi_external_select', min_query_length: 0 });
  expect(field('date').element.type).toBe('datepicker');
  expect(JSON.stringify(field('date'))).not.toMatch(/25\/11|besok/);
  expect(field('partners').label.text).not.toBe('Mitra');
  const found = await slack.suggest(form.view, 'partners', '', ana).answered();
  expect(JSON.stringify(found.choices)).toContain('M-2 Unpad');
  const sent = await slack.submitView(form.view, { title: 'Gladi', partners: found.choices }, ana).answered();
  for (const name of ['BPBD', 'Unpad']) expect(sent.text).toContain(name);
  // People are chosen among those of the workspace, several at once.
  const raise = await say(ana, 'issue raise');
  await widened(slack, raise.view, ana);
  await slack.submitView(raise.view, { title: 'Rahasia', private: 'yes', mediator: [ana, budi] }, ana).answered();
  expect(await store.read.select().from(store.tables.mediators)).toHaveLength(2);
  expect(app.logged).toEqual([]);
});

it('S23: a form on Slack shows its first fields, keeps what was filled in when more are asked for, and ends in no window', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, channel, say, store } = app;
  await app.setUp();
  const form = await say(ana, 'activity log');
  const asks = () =>
    (form.view.json as unknown as { blocks: { type: string; block_id: string }[] }).blocks
      .filter(one => one.type === 'input')
      .map(one => one.block_id);
  const first = asks();
  expect(first).toEqual(['title', 'kind', 'date', 'location', 'participants']);
  slack.fill(form.view, { title: 'Gladi', date: '2026-11-20' }, ana);
  await widened(slack, form.view, ana);
  expect(asks().slice(0, first.length)).toEqual(first);
  expect(asks().length).toBeGreaterThan(10);
  const sent = await slack.submitView(form.view, { women: '5', participants: '9' }, ana).answered();
  for (const said of ['Gladi', '20 November 2026', '9']) expect(sent.text).toContain(said);
  expect([slack.modal(ana), sent.message.ephemeralFor, sent.message.channelId]).toEqual([
    undefined,
    ana.id,
    channel.id,
  ]);
  // A form that was opened from a message which one person sees ends in that message.
  const fix = await say(ana, 'issue raise Tanggul due:"31 februari"');
  // It may be sent off before the bot hears that it has opened.
  const held = slack.hold({ method: 'views.open', after: true });
  const mend = await slack.click(fix.message, 'Perbaiki', ana).answered();
  await slack.submitView(mend.view, { due: '2027-02-01' }, ana).answered();
  held.release();
  expect([readableText(fix.message).includes('I-1 Tanggul'), slack.modal(ana)]).toEqual([true, undefined]);
  // What concerns no field is said in the form, which stays as it was filled in.
  const own = await say(ana, 'issue resolve I-1');
  await say(ana, 'issue resolve I-1 resolution:Ditambal');
  const late = await slack.submitView(own.view, { resolution: 'Sudah' }, ana).answered();
  expect(Object.keys(late.errors)).toEqual(['resolution']);
  expect(slack.modal(ana)).toBe(own.view);
  // Where this process does not know any more where it was asked for, the channel is where the bot answers.
  await slack.invite(channel, ana).acknowledged();
  const kept = await say(budi, 'issue raise');
  await app.restart();
  const after = await slack.submitView(kept.view, { title: 'Pompa' }, budi).until(one => one.text.includes('I-2'));
  expect([after.message.ephemeralFor, after.message.channelId]).toEqual([budi.id, channel.id]);
  expect((await store.read.select().from(store.tables.activities))[0]).toMatchObject({
    title: 'Gladi',
    participants: 9,
  });
  expect([slack.failures, app.logged]).toEqual([[], []]);
});

it('S9: after a restart members are found by name, and who was not found is chosen in a menu', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, say } = app;
  await app.setUp();
  await say(budi, 'me show');
  await say(ana, 'issue raise Tanggul');
  await app.restart();
  const unknown = await say(ana, 'issue assign I-1 member:budiman');
  const form = await slack.click(unknown.message, 'Perbaiki', ana).answered();
  expect(JSON.stringify(form.view.json)).toMatch(/"users_select".*budiman/);
  expect((await slack.submitView(form.view, { member: budi }, ana).answered()).text).toContain('ditangani Budi');
  expect((await say(ana, 'issue assign I-1 member:budi')).text).toContain('ditangani Budi');
  expect(app.logged).toEqual([]);
});

it('S11: a form is acknowledged in time, however long Slack takes to say who somebody is', async () => {
  await using app = await aSlackApp('socket', { formTimeoutMs: 20 });
  const { slack, ana, say, store } = app;
  await app.setUp();
  const opened = await say(ana, 'issue raise');
  await widened(slack, opened.view, ana);
  const stranger = slack.addUser('Tamu');
  const held = slack.hold({ method: 'users.info' });
  const sent = slack.submitView(opened.view, { title: 'Pompa', private: 'yes', mediator: [stranger] }, ana);
  await held.arrived();
  await sent.acknowledged();
  expect(await store.read.select().from(store.tables.issues)).toEqual([]);
  held.release();
  // The window is gone by then: the answer stands where the form was asked for.
  await slack.until(() => slack.ephemerals(ana).some(one => JSON.stringify(one.blocks).includes('Pompa')), 'it');
  expect(await store.read.select().from(store.tables.issues)).toHaveLength(1);
});

it('W20, W17: on Discord the fields that people fill come first, partners are ticked, and the rest costs no tap', async () => {
  await using app = await aDiscordApp({ fairUse: UNLIMITED });
  const { discord, ana, budi } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: app.news });
  for (const name of ['BPBD', 'Unpad']) await app.say('partner', 'add', { name });
  await app.say('activity', 'plan', { title: 'Gladi', date: '2027-05-01', partners: 'M-1' });
  const asked = await app.say('activity', 'invite', { activity: 'K-1' });
  const guests = await discord.click(asked.message, 'Perbaiki', ana).answered();
  const ticked = { partners: ['M-2'], members: [budi] };
  const invited = await discord.submitModal(guests.modal, ticked, ana).answered();
  expect(invited.text).toMatch(/belum menjawab 2\n.*belum menjawab 1/);
  // A form shows the five that people fill; the rest is a button of its answer, which asks for nothing twice.
  const asks = (modal: typeof log.modal) => modal.fields.map(one => one.component.custom_id);
  const log = await app.say('activity', 'log', {});
  expect(asks(log.modal)).toEqual(['title', 'kind', 'date', 'location', 'participants']);
  const saved = await discord.submitModal(log.modal, { title: 'Rapat', location: 'Balai' }, ana).answered();
  expect(saved.text).toContain('K-2');
  const rest = await discord.click(saved.message, 'Lengkapi', ana).answered();
  expect(rest.modal.json).toMatchObject({ title: 'K-2 Rapat' });
  expect(asks(rest.modal)).not.toContain('title');
  expect(asks(rest.modal)).not.toContain('location');
  expect(asks(rest.modal)).toContain('participants');
  // Whoever changes something meanwhile loses nothing by it.
  await app.say('activity', 'edit', { activity: 'K-2', location: 'Posko' });
  const whole = await discord.submitModal(rest.modal, { participants: '12' }, ana).answered();
  for (const stands of ['Rapat', 'Posko', '12']) expect(whole.text).toContain(stands);
  expect(whole.message.id).toBe(saved.message.id);
  // What is decided before it is published is still asked for in the form itself.
  const propose = await app.say('strategy', 'propose', {});
  expect(asks(propose.modal).at(-1)).toBe('_more');
  expect([discord.failures, app.logged]).toEqual([[], []]);
});
