import { InteractionResponseType, RESTEvents, Routes } from 'discord.js';
import { expect, it } from 'vitest';
import { answersRestOf, forgetAnswered } from '../../adapters/discord/rest-limits.ts';
import { restOf } from '../../adapters/discord/shard.ts';
import { Discord } from '../wire/discord/discord.ts';

/** A Discord with people who have asked something and were put off, and the client that answers them. */
async function putOffPeople(count: number) {
  const discord = await Discord.start();
  const ana = discord.addUser('Ana');
  const channel = discord.addChannel({ guild: discord.addGuild({ name: 'Forum', members: [ana] }), name: 'umum' });
  const bot = restOf(discord.api, discord.token).rest;
  const { applicationId } = discord.world;
  const commands = [{ name: 'halo', description: 'x' }];
  await bot.put(Routes.applicationCommands(applicationId), { body: commands });
  const rest = answersRestOf(discord.api);
  const asked = Array.from({ length: count }, () => discord.slash({ channel, user: ana, name: 'halo' }));
  const body = { type: InteractionResponseType.DeferredChannelMessageWithSource };
  await Promise.all(
    asked.map(({ parts: { id, token } }) => rest.post(Routes.interactionCallback(id, token), { body, auth: false })),
  );
  const original = (n: number) => Routes.webhookMessage(applicationId, asked[n]!.parts.token);
  const limited: string[] = [];
  for (const one of [rest, bot])
    one.on(RESTEvents.RateLimited, ({ global, route }) => void (global && limited.push(route)));
  return {
    discord,
    bot,
    rest,
    limited,
    answer: (n: number) => rest.patch(original(n), { body: { content: 'Tercatat' }, auth: false }),
    told: () => asked.filter(one => one.text.includes('Tercatat')).length,
  };
}

it('answers that were put off are not held to the 50 calls a second that the bot has', async () => {
  const { discord, answer, told, limited } = await putOffPeople(120);
  await Promise.all(Array.from({ length: 120 }, (_, n) => answer(n)));
  expect([told(), limited]).toEqual([120, []]);
  expect(discord.requests.filter(one => one.status === 429)).toEqual([]);
  await discord.stop();
});

it('where Discord says all the same that there are too many, answers wait, and the bot does not', async () => {
  const { discord, bot, rest, answer, told, limited } = await putOffPeople(2);
  discord.fail({ method: 'PATCH', route: '/webhooks', status: 429, global: true, retryAfter: 1 });
  const refused = new Promise(heard => rest.once(RESTEvents.Response, () => setImmediate(heard)));
  const first = answer(0);
  await refused;
  const second = answer(1);
  await bot.get(Routes.user());
  expect(told()).toBe(0);
  await Promise.all([first, second]);
  const { requests } = discord;
  expect([told(), new Set(limited)]).toEqual([2, new Set(['/webhooks/:id/:token/messages/@original'])]);
  expect(requests.filter(one => one.status === 429).length).toBe(1);
  await discord.stop();
});

it('of answers that were sent nothing is remembered beyond a bound', async () => {
  const { discord, rest, answer } = await putOffPeople(3);
  for (const n of [0, 1, 2]) await answer(n);
  const { handlers } = rest;
  const before = handlers.size;
  forgetAnswered(rest, before);
  expect(handlers.size).toBe(before);
  forgetAnswered(rest, before - 1);
  // What is left belongs to no token.
  expect([...handlers.values()].map(one => one.inactive)).toEqual([false]);
  await discord.stop();
});
