import type { Store } from '../../src/storage/store.ts';
import { widened } from '../slack/app.ts';
import { until } from '../until.ts';
import { readableText as discordText } from '../wire/discord/compose.ts';
import type { ShownModal } from '../wire/discord/exchange.ts';
import type { Message as DiscordMessage, User as DiscordUser } from '../wire/discord/model.ts';
import type { Message as SlackMessage, User as SlackUser, View } from '../wire/slack/model.ts';
import { readableText as slackText } from '../wire/slack/reading.ts';
import { onBothWires } from './wired.ts';

type Wires = Awaited<ReturnType<typeof onBothWires>>;
type Value = string | { readonly filename: string; readonly bytes: Buffer };

/** Describes what a person sees, and what they can do with it. */
export interface Seen {
  readonly text: string;
  press(label: string): Promise<Seen>;
  /** Chooses in a menu, by the words of its choices. */
  choose(menu: string, ...labels: string[]): Promise<Seen>;
  /** Fills the form that has opened and sends it; values by the names of options. */
  fill(values: Readonly<Record<string, Value>>): Promise<Seen>;
}

/** One person on one platform. */
export interface Hand {
  readonly name: string;
  /** Their account, as an option takes it where the platform lets one choose a person. */
  readonly account: DiscordUser | SlackUser;
  /** Commands typed and controls pressed so far. */
  readonly cost: { typed: number; taps: number };
  /** Types a command that is to be answered; what is refused or asked about is an error of the test. */
  run(command: string, action: string, options?: Readonly<Record<string, Value>>): Promise<Seen>;
  /** Types a command that may be refused or asked about. */
  tries(command: string, action: string, options?: Readonly<Record<string, Value>>): Promise<Seen>;
  /** The newest post of the forum's channel there in which these words stand. */
  post(words: string): Promise<Seen>;
  /** The newest message to this person alone in which these words stand. */
  told(words: string): Promise<Seen>;
  /** All messages to this person alone in which these words stand. */
  heard(words: string): readonly string[];
}

/**
 * A forum that sits on Discord and Slack at once, and people of both who do the same things in the same words. Ana
 * coordinates on Discord, Sari has joined from Slack.
 */
export async function handsOn(store: Store) {
  const wires = await onBothWires(store, { announce: 'pengumuman:#kantor' });
  const { discord, slack } = wires;
  const onDiscord = (name: string): Hand => {
    const user = discord.addUser(name);
    discord.join(wires.guild, user);
    return discordHand(wires, user);
  };
  const onSlack = (name: string): Hand => slackHand(wires, slack.addUser(name));
  return Object.assign(wires, {
    hands: { ana: discordHand(wires, wires.ana), sari: slackHand(wires, wires.sari) },
    onDiscord,
    onSlack,
    /** Sets the clock on, and has the bot look at once for what is due, until `so` holds. */
    async passes(ms: number, so: () => unknown = () => true): Promise<void> {
      wires.clock.skip(ms);
      await until(async () => {
        await wires.slash('me', 'show');
        if (so()) return true;
        wires.clock.skip(200);
        return false;
      }, 'what was to be done in that time');
    },
  });
}

/** Headings of what was not saved, in both languages. */
const REFUSED = ['Belum tersimpan', 'Not saved yet'];

/** Adds the strict way to type to the lenient one. */
const strict = (hand: Omit<Hand, 'run'>): Hand => ({
  ...hand,
  async run(command, action, options) {
    const seen = await hand.tries(command, action, options);
    if (REFUSED.some(words => seen.text.includes(words)))
      throw new Error(`${hand.name}: ${command} ${action}\n${seen.text}`);
    return seen;
  },
});

function discordHand({ discord, channel }: Wires, user: DiscordUser): Hand {
  const cost = { typed: 0, taps: 0 };
  type Exchange = ReturnType<typeof discord.click>;
  const after = async (exchange: Exchange, before?: DiscordMessage): Promise<Seen> => {
    const done = await exchange.answered();
    if (done.modalJson) return seen(done.modal.title, before, done.modal);
    return seen(done.text, done.original ?? before);
  };
  const seen = (text: string, message?: DiscordMessage, modal?: ShownModal): Seen => ({
    text: text.replaceAll('**', '').replaceAll('\\>', '>'),
    press(label) {
      cost.taps++;
      return after(discord.click(message!, label, user), message);
    },
    choose(menu, ...labels) {
      cost.taps++;
      return after(discord.select(message!, menu, labels, user), message);
    },
    fill: values => after(discord.submitModal(modal!, values, user), message),
  });
  const newest = (all: () => readonly DiscordMessage[], words: string, what: string): Promise<Seen> =>
    discord.until(() => {
      const found = all().findLast(one => !one.deleted && discordText(one).includes(words));
      return found && seen(discordText(found), found);
    }, `${what} with "${words}"`);
  return strict({
    name: user.displayName,
    account: user,
    cost,
    tries(command, action, options = {}) {
      cost.typed++;
      const permissions = ['ManageGuild'] as const;
      return after(
        discord.slash({ channel, user, name: command, subcommand: action, options: options as never, permissions }),
      );
    },
    post: words => newest(() => discord.messages(channel), words, 'the post'),
    told: words => newest(() => discord.directMessages(user), words, `the message to ${user.displayName}`),
    heard: words =>
      discord
        .directMessages(user)
        .map(discordText)
        .filter(text => text.includes(words)),
  });
}

function slackHand({ slack, office }: Wires, user: SlackUser): Hand {
  const cost = { typed: 0, taps: 0 };
  type Exchange = ReturnType<typeof slack.click>;
  const after = async (exchange: Exchange, before?: SlackMessage): Promise<Seen> => {
    // A card that others change meanwhile is no answer.
    const isOwn = !before || before.ephemeralFor !== null;
    const isThere = (): boolean => exchange.responses.length + exchange.told.length + exchange.opened.length > 0;
    const done = await (isOwn ? exchange.answered() : exchange.until(isThere, 'the answer'));
    const view = done.opened.at(-1);
    if (view?.open) return seen(done.text, before, view);
    // An answer that takes the place of another stands in the message that was there.
    const text = done.text || (before ? slackText(before) : '');
    return seen(text, done.responses.at(-1) ?? done.told.at(-1) ?? before);
  };
  const seen = (text: string, message?: SlackMessage, view?: View): Seen => ({
    text,
    press(label) {
      cost.taps++;
      return after(slack.click(message!, label, user), message);
    },
    choose(menu, ...labels) {
      cost.taps++;
      return after(slack.select(message!, menu, labels, user), message);
    },
    async fill(values) {
      const shown = JSON.stringify(view!.json);
      if (!Object.keys(values).every(key => shown.includes(JSON.stringify(key)))) await widened(slack, view!, user);
      const sent = await slack.submitView(view!, values, user).answered();
      if (Object.keys(sent.errors).length) return seen(sent.text, message, view);
      await slack.until(() => sent.told.length + sent.responses.length > 0 || sent.text, 'the answer to the form');
      return seen(sent.text, sent.responses.at(-1) ?? sent.told.at(-1) ?? message);
    },
  });
  const newest = (all: () => readonly SlackMessage[], words: string, what: string): Promise<Seen> =>
    slack.until(() => {
      const found = all().findLast(one => !one.deleted && slackText(one).includes(words));
      return found && seen(slackText(found), found);
    }, `${what} with "${words}"`);
  return strict({
    name: user.realName,
    account: user,
    cost,
    tries(command, action, options = {}) {
      cost.typed++;
      const typed = Object.entries(options).map(([key, value]) => `${key}:"${value}"`);
      const text = [command, action, ...typed].join(' ');
      return after(slack.command({ channel: office, user, command: '/rembug', text }));
    },
    post: words => newest(() => slack.messages(office), words, 'the post'),
    told: words => newest(() => slack.directMessages(user), words, `the message to ${user.realName}`),
    heard: words =>
      slack
        .directMessages(user)
        .map(slackText)
        .filter(text => text.includes(words)),
  });
}
