import { describe, expect, it } from 'vitest';
import { aDiscordApp } from '../discord/app.ts';
import { aSlackApp } from '../slack/app.ts';
import { aWorld } from '../world.ts';

type Options = Readonly<Record<string, string>>;
type Step = readonly [command: string, action: string, options: Options];

/** A forum's first day; every platform runs it, typed where people type and chosen where they choose. */
const STORY: readonly Step[] = [
  ['forum', 'setup', { name: 'Forum Sungai' }],
  ['partner', 'add', { name: 'BPBD', sector: 'government' }],
  ['goal', 'add', { title: 'Sungai bersih' }],
  ['activity', 'log', { title: 'Gladi <b>*pagi*</b> & @here', participants: '45', women: '24', date: '20/11/2026' }],
  ['issue', 'raise', { title: 'Talud retak', severity: 'high' }],
  ['issue', 'assign', { issue: 'I-1' }],
  ['issue', 'resolve', { issue: 'I-1', resolution: 'Sudah diperbaiki' }],
  ['activity', 'done', { activity: 'K-9' }],
  ['activity', 'log', { title: 'X', participants: '5', women: '9' }],
  ['partner', 'show', { partner: 'BPBD' }],
  ['goal', 'show', { goal: 'T-1' }],
  ['finance', 'list', {}],
  ['me', 'tasks', {}],
  ['poll', 'create', { title: 'Tempat', options: 'Balai; Sekolah | dekat <@pasar>', closes: '3d' }],
  ['poll', 'vote', { poll: 'J-1', choice: 'Balai' }],
  ['poll', 'show', { poll: 'J-1' }],
  ['poll', 'vote', { poll: 'J-1', choice: '9' }],
  ['poll', 'create', { title: 'Alat', options: 'Pompa; Perahu; Tenda', kind: 'multiple', max: '2' }],
  ['poll', 'vote', { poll: 'J-2', choice: '1; 3' }],
  ['poll', 'create', { title: 'Gladi', options: '1/6/2030; 2/6/2030', kind: 'date' }],
  ['poll', 'vote', { poll: 'J-3', choice: '1=ya; 2=mungkin' }],
  ['poll', 'create', { title: 'Urut', options: 'A; B; C', kind: 'ranking', method: 'pairs' }],
  ['poll', 'vote', { poll: 'J-4', choice: '3 > 1 > 2' }],
  ['poll', 'show', { poll: 'J-4' }],
  ['poll', 'create', { title: 'Dana', options: 'A; B', kind: 'points', points: '5' }],
  ['poll', 'vote', { poll: 'J-5', choice: '1=3; 2=2' }],
  ['poll', 'create', { title: 'Ketua', options: 'Ana; Tamu', kind: 'election', seats: '1' }],
  ['poll', 'vote', { poll: 'J-6', choice: 'Tamu' }],
  ['poll', 'create', { title: 'Beli pompa?', kind: 'check' }],
  ['poll', 'vote', { poll: 'J-7', choice: 'setuju' }],
  ['poll', 'close', { poll: 'J-7' }],
];

/** An instant in words, and how Discord marks it: the platforms run by the real time, the terminal by the test's. */
const INSTANT = /\d{1,2} \p{L}+ \d{4} \d\d \d\d WIB(?: t \d+ \w)?/gu;

/** A command to type: Discord shows it as a link to it, Slack behind its own. */
const COMMAND = /<\/[^:>]+:\d+>|(?<![\p{L}\p{N}/])\/(?:rembug )?\p{L}+ [\p{L}-]+/gu;

/** Returns what a person reads, without the signs in which platforms differ: the words, in order. */
const read = (text: string): string =>
  (text.replace(COMMAND, '(perintah)').match(/[\p{L}\p{N}]+/gu) ?? []).join(' ').replace(INSTANT, '(waktu)');

/**
 * An answer without the one line that says where the card stands in the channel: that can be said only where messages
 * have addresses, so never in the terminal, and elsewhere only once the card has been delivered, which takes its own
 * time. Nothing but one whole line goes, and only where it leads to a message of the story's own channel.
 */
const withoutCardLink = (text: string, head: string): string => {
  const lines = text.split('\n');
  const at = lines.findIndex(line => line.startsWith(head) && /^\d+$/.test(line.slice(head.length)));
  return at < 0 ? text : lines.toSpliced(at, 1).join('\n');
};

const typed = ([command, action, options]: Step): string =>
  `${command} ${action} ${Object.entries(options)
    .map(([key, value]) => `${key}:"${value}"`)
    .join(' ')}`.trim();

async function onConsole(): Promise<string[]> {
  await using world = await aWorld();
  const texts: string[] = [];
  for (const step of STORY) texts.push(read((await world.run(`@Ana /${typed(step)}`)).text));
  return texts;
}

async function onDiscord(): Promise<string[]> {
  await using app = await aDiscordApp();
  const { discord, guild, channel, ana } = app;
  const head = `-# Kartunya di kanal: https://discord.com/channels/${guild.id}/${channel.id}/`;
  const texts: string[] = [];
  for (const [name, subcommand, options] of STORY) {
    const permissions = ['ManageGuild'] as const;
    const { text } = await discord
      .slash({ channel, user: ana, name, subcommand, options, permissions: [...permissions] })
      .answered();
    texts.push(read(withoutCardLink(text, head)));
  }
  return texts;
}

async function onSlack(): Promise<string[]> {
  await using app = await aSlackApp();
  const head = `Kartunya di kanal: https://${app.slack.team.domain}.slack.com/archives/${app.channel.id}/p`;
  const texts: string[] = [];
  for (const step of STORY) texts.push(read(withoutCardLink((await app.say(app.ana, typed(step))).text, head)));
  return texts;
}

describe('the same story', () => {
  it.each([
    ['Discord', onDiscord],
    ['Slack', onSlack],
  ] as const)('reads on %s as in the terminal', async (_, run) => {
    const wanted = await onConsole();
    const got = await run();
    for (const [i, step] of STORY.entries()) {
      // The terminal shows the form below a refusal; elsewhere a button leads to it.
      const said = got[i]!.replace(/ Perbaiki$/, '');
      const refused = said !== got[i];
      expect([typed(step), said]).toEqual([typed(step), refused ? wanted[i]!.slice(0, said.length) : wanted[i]]);
    }
  });
});
