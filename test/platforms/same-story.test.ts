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
];

/** An instant in words, and how Discord marks it: the platforms run by the real time, the terminal by the test's. */
const INSTANT = /\d{1,2} \p{L}+ \d{4} \d\d \d\d WIB(?: t \d+ \w)?/gu;

/** What a person reads, without the signs in which platforms differ: the words, in order. */
const read = (text: string): string => (text.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ').replace(INSTANT, '(waktu)');

const typed = ([command, action, options]: Step, wired: (value: string) => string = value => value): string =>
  `${command} ${action} ${Object.entries(options)
    .map(([key, value]) => `${key}:"${wired(value)}"`)
    .join(' ')}`.trim();

async function onConsole(): Promise<string[]> {
  await using world = await aWorld();
  const texts: string[] = [];
  for (const step of STORY) texts.push(read((await world.run(`@Ana /${typed(step)}`)).text));
  return texts;
}

async function onDiscord(): Promise<string[]> {
  await using app = await aDiscordApp();
  const { discord, channel, ana } = app;
  const texts: string[] = [];
  for (const [name, subcommand, options] of STORY) {
    const permissions = ['ManageGuild'] as const;
    texts.push(
      read(
        (
          await discord
            .slash({ channel, user: ana, name, subcommand, options, permissions: [...permissions] })
            .answered()
        ).text,
      ),
    );
  }
  return texts;
}

async function onSlack(): Promise<string[]> {
  await using app = await aSlackApp();
  const wired = (value: string): string =>
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const texts: string[] = [];
  for (const step of STORY) texts.push(read((await app.say(app.ana, typed(step, wired))).text));
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
