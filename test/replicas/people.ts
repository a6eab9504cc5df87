import type { Discord } from '../wire/discord/discord.ts';
import type { Channel as DiscordChannel, User as DiscordUser } from '../wire/discord/model.ts';
import type { Channel, User } from '../wire/slack/model.ts';
import type { Slack } from '../wire/slack/slack.ts';

/** A person does not look at a spinner for ever: then the same is tried again. */
const PATIENCE_MS = 6_000;

/**
 * Describes what somebody did, the answer they were shown in the end, and how often nobody told them what became of it.
 */
export interface Done {
  readonly text: string;
  readonly inFlight: number;
}

/** Somebody who tries until they are answered. */
export interface Person {
  readonly name: string;
  say(command: string, subcommand: string, options?: Readonly<Record<string, unknown>>): Promise<Done>;
}

/** Nothing was changed, says the bot; anything else that is no answer may have been done. */
const NOTHING_DONE = /Tidak ada yang diubah/;
const UNSURE = /Belum pasti apakah/;

async function insist(attempt: () => Promise<string | null>, isOver: () => boolean): Promise<Done> {
  for (let inFlight = 0; ; ) {
    const text = await attempt().catch(() => null);
    if (text !== null && !NOTHING_DONE.test(text) && !UNSURE.test(text)) return { text, inFlight };
    if (text === null || UNSURE.test(text)) inFlight++;
    if (isOver()) throw new Error('nobody answers any more');
    // A person who is told that nothing happened waits a moment before they try again, as long as fair use asks.
    await new Promise(done => setTimeout(done, 1_000));
  }
}

const inTime = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, fail) => {
      setTimeout(() => fail(new Error('no answer')), PATIENCE_MS).unref();
    }),
  ]);

/** A person on Discord, in one channel. */
export const onDiscord = (
  discord: Discord,
  channel: DiscordChannel,
  user: DiscordUser,
  isOver: () => boolean,
): Person => ({
  name: user.displayName,
  say: (name, subcommand, options = {}) =>
    insist(async () => {
      const call = {
        channel,
        user,
        name,
        subcommand,
        options: options as never,
        permissions: ['ManageGuild'] as const,
      };
      return (await inTime(discord.slash(call).answered())).text;
    }, isOver),
});

/** A person on Slack, in one channel. */
export const onSlack = (slack: Slack, channel: Channel, user: User, isOver: () => boolean): Person => ({
  name: user.realName,
  say: (name, subcommand, options = {}) =>
    insist(async () => {
      const given = Object.entries(options).map(([key, value]) => `${key}:"${value}"`);
      const text = [name, subcommand, ...given].join(' ');
      const exchange = await inTime(slack.command({ channel, user, command: '/rembug', text }).answered());
      return exchange.problem === null ? exchange.text : null;
    }, isOver),
});
