import { expect, it } from 'vitest';
import { aDiscordApp } from '../discord/app.ts';
import { aSlackApp } from '../slack/app.ts';
import { UNLIMITED } from '../unlimited.ts';
import { readableText } from './discord/compose.ts';

interface Button {
  readonly label: string;
  readonly style: number;
}

/** The buttons of a message. */
const buttonsOf = ({ components }: { readonly components: readonly unknown[] }): Button[] =>
  components.flatMap(one => {
    const { label, style, components: inner = [] } = one as Partial<Button> & { readonly components?: unknown[] };
    return label === undefined || style === undefined ? buttonsOf({ components: inner }) : [{ label, style }];
  });

it('W11, W18, W21, W22, W24 on Discord: addresses, surveys in place, tones, ballots and what is offered', async () => {
  await using app = await aDiscordApp({ fairUse: UNLIMITED });
  const { discord, ana, budi, channel, news } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: news, coordinators: channel });
  // W11: an address with an @ leads where it says.
  const map = 'https://www.google.com/maps/@-6.9,107.6,15z';
  const raised = await app.say('issue', 'raise', { title: 'Tanggul', detail: `${map} info@bpbd.example @everyone` });
  const words = JSON.stringify(raised.message.components);
  for (const address of [map, 'info@bpbd.example']) expect(words).toContain(address);
  expect([discord.pings.everyone, discord.pings.users]).toEqual([false, []]);
  // W21: what asks for attention bears no tick; W22: no choice of a ballot is coloured.
  await app.say('issue', 'escalate', { issue: 'I-1', reason: 'Air naik' });
  const asked = () =>
    discord.messages(channel).find(one => !one.ephemeralFor && readableText(one).includes('Air naik'));
  await discord.until(() => asked() !== undefined, 'the escalation');
  expect(readableText(asked()!)).not.toMatch(/^\W*✔/);
  await app.say('strategy', 'propose', {
    title: 'Gladi',
    rationale: 'x',
    basis: 'member',
    closes: '3d',
    urgent: 'uji',
  });
  const ballot = () => discord.messages(news).find(one => readableText(one).includes('S-1'));
  await discord.until(() => ballot() !== undefined, 'the ballot');
  const choices = buttonsOf(ballot()!).filter(one => /^(Setuju|Tidak setuju|Abstain|Keberatan)$/.test(one.label));
  expect(choices.map(one => one.style)).toEqual([2, 2, 2, 2]);
  // W24: what is done is not offered to be done.
  await app.say('activity', 'log', { title: 'Gladi' });
  await app.say('activity', 'plan', { title: 'Rapat', date: '2027-05-01' });
  const where = { channel, user: ana, name: 'activity', subcommand: 'done', options: { activity: '' } };
  const offered = await discord.autocomplete({ ...where, focused: 'activity' }).answered();
  expect(offered.choices.map(one => one.value)).toEqual(['K-2']);
  // W18: the questions of a survey follow one another in one message.
  await discord.slash({ channel, user: budi, name: 'me', subcommand: 'show' }).answered();
  await app.say('partnership', 'pulse');
  const told = () => discord.directMessages(budi).filter(one => !one.deleted);
  await discord.until(() => told().length === 1, 'the survey');
  const first = await discord.click(told()[0]!, '4', budi).answered();
  const left = new Set<string>([first.message.id]);
  let at = first;
  for (let n = 2; n <= 7; n++) {
    at = await discord.click(at.message, '4', budi).answered();
    left.add(at.message.id);
  }
  expect([left.size, discord.failures, app.logged]).toEqual([1, [], []]);
});

it('S10, S12 on Slack: edits show what stands, limits are the rules’ own, and all faults are said at once', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await app.setUp();
  await say(ana, 'partner add BPBD sector:government contact:Sari');
  await say(ana, 'indicator add Relawan frequency:monthly unit:orang');
  for (const [line, ...stand] of [
    ['partner edit M-1', 'BPBD', 'Sari'],
    ['indicator edit N-1', 'Relawan', 'orang'],
    ['forum settings', 'Forum Uji'],
  ] as const) {
    const form = JSON.stringify((await say(ana, line)).view.json);
    for (const value of stand) expect([line, form.includes(value)]).toEqual([line, true]);
  }
  const form = await say(ana, 'activity log');
  const fields = (form.view.json as unknown as { blocks: { block_id: string; element: Record<string, unknown> }[] })
    .blocks;
  const limit = (id: string, key: string) => fields.find(one => one.block_id === id)!.element[key];
  expect([limit('title', 'max_length'), limit('participants', 'min_value')]).toEqual([200, '0']);
  const refused = await slack.submitView(form.view, { title: 'Gladi', date: '2027-05-01' }, ana).answered();
  expect([Object.keys(refused.errors), slack.modal(ana)]).toEqual([['date'], form.view]);
  const typed = await say(ana, 'activity log Gladi date:"31 februari" participants:banyak');
  for (const fault of ['31 februari', 'banyak']) expect(typed.text).toContain(fault);
  expect(typed.text.length).toBeLessThan(600);
  expect([slack.failures, app.logged]).toEqual([[], []]);
});
