import type { Place } from '../contract/act.ts';
import { PANEL } from '../contract/topic.ts';
import type { StandingPost } from '../delivery/posts.ts';
import { CALENDAR } from '../delivery/stops.ts';
import { link, type Node } from '../language/text.ts';

/** A platform's address of a message; null where it cannot be told. */
function addressOf({ platform, workspace, workspaceName }: Place, channel: string, ref: string): string | null {
  if (platform === 'discord') return `https://discord.com/channels/${workspace}/${channel}/${ref}`;
  const isNamed = platform === 'slack' && workspaceName?.endsWith('.slack.com');
  return isNamed ? `https://${workspaceName}/archives/${channel}/p${ref.replace('.', '')}` : null;
}

/** A link to the card of what an act has changed, in the place of the act; none where the act came from that very card. */
export function cardLink(place: Place, stood: readonly StandingPost[]): Node | null {
  const here = stood.find(
    one =>
      one.platform === place.platform &&
      one.workspace === place.workspace &&
      one.topic !== PANEL.kind &&
      !one.channel.includes('~') &&
      one.channel !== CALENDAR,
  );
  if (!here || place.message?.endsWith(here.ref)) return null;
  const address = addressOf(place, here.channel, here.ref);
  return address && link(address, address);
}
