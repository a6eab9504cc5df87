import type { Place } from '../src/contract/act.ts';

/**
 * The message of which an issue is made, as an adapter names it: `CHANNEL/MESSAGE`. Only one in the channel of the act
 * counts, so that nobody makes the bot write elsewhere.
 */
export function messageHere({ platform, workspace, channel, channelName }: Place, named: string | undefined) {
  const ref = channel && named?.startsWith(`${channel}/`) ? named.slice(channel.length + 1) : '';
  if (!channel || !/^[\d.]{1,30}$/.test(ref)) return null;
  return { ref, channel: { platform, workspace, id: channel, name: channelName ?? channel } };
}
