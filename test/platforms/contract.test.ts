import { describe } from 'vitest';
import { ConsoleAdapter } from '../../adapters/console/index.ts';
import { renderView } from '../../adapters/console/render.ts';
import { aDiscordApp } from '../discord/app.ts';
import { aSlackApp } from '../slack/app.ts';
import { readableText as readOnDiscord } from '../wire/discord/compose.ts';
import { readableText as readOnSlack } from '../wire/slack/reading.ts';
import { adapterContract } from './contract.ts';

describe('the console keeps the contract of an adapter', () => {
  adapterContract(async () => {
    const adapter = new ConsoleAdapter();
    const stands = new Map<string, { to: string; words: string }>();
    const send = adapter.send.bind(adapter);
    adapter.send = async post => {
      const sent = await send(post);
      for (const { to, view } of adapter.take())
        if (sent.kind === 'sent') stands.set(sent.ref, { to, words: renderView(view) });
      return sent;
    };
    return {
      adapter,
      channel: { kind: 'channel', workspace: 'konsol', channel: 'kabar', name: 'kabar' },
      person: { kind: 'direct', workspace: 'konsol', account: 'budi', name: 'budi' },
      account: 'budi',
      nowhere: null,
      read: where =>
        [...stands.values()].filter(one => one.to.startsWith('#') === (where === 'channel')).map(one => one.words),
      notified: () => null,
      async [Symbol.asyncDispose]() {
        await adapter.stop();
      },
    };
  });
});

describe('Discord keeps the contract of an adapter', () => {
  adapterContract(async () => {
    const app = await aDiscordApp();
    const { adapter, discord, guild, budi, channel } = app;
    const workspace = guild.id;
    return {
      adapter,
      channel: { kind: 'channel', workspace, channel: channel.id, name: channel.name },
      person: { kind: 'direct', workspace, account: budi.id, name: 'Budi' },
      account: budi.id,
      nowhere: { kind: 'channel', workspace, channel: '123456789012345678', name: 'hilang' },
      read: where =>
        (where === 'channel' ? discord.messages(channel) : discord.directMessages(budi)).map(readOnDiscord),
      notified: () => {
        const { users, roles, everyone } = discord.pings;
        return [...users, ...roles, ...(everyone ? ['everyone'] : [])];
      },
      [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
    };
  });
});

describe('Slack keeps the contract of an adapter', () => {
  adapterContract(async () => {
    const app = await aSlackApp();
    const { adapter, slack, budi, channel } = app;
    const workspace = slack.team.id;
    return {
      adapter,
      channel: { kind: 'channel', workspace, channel: channel.id, name: channel.name },
      person: { kind: 'direct', workspace, account: budi.id, name: 'Budi' },
      account: budi.id,
      nowhere: { kind: 'channel', workspace, channel: 'C0NOWHERE', name: 'hilang' },
      read: where => (where === 'channel' ? slack.messages(channel) : slack.directMessages(budi)).map(readOnSlack),
      notified: () => slack.pings,
      [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
    };
  });
});
