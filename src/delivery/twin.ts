import { and, eq, notLike } from 'drizzle-orm';
import type { Tables } from '../storage/schema/index.ts';
import type { Tx } from '../storage/store.ts';
import { DOUBTFUL } from './delivery.ts';

/** A message in a channel whose button was pressed, by its name among all of its platform. */
export interface Pressed {
  readonly platform: Tables['posts']['$inferSelect']['platform'];
  readonly workspace: string;
  readonly channel: string;
  readonly message: string;
}

/** Maximum difference of Slack's clock from ours. */
const SKEW_MS = 600_000;

/** The instant at which Slack took a message, ms; a message's name there is its time. */
const takenAt = (ref: string): number => (/^\d+\.\d+$/.test(ref) ? Number(ref) * 1_000 : Number.NaN);

/**
 * Recognises a card that was posted twice, since nobody knew whether the first try had arrived: a person who presses on
 * the one that is not recorded makes it the recorded one, which is then brought up to date. Its time tells it from
 * other messages with the same buttons.
 */
export async function takeTwin(
  tx: Tx,
  forumId: string,
  posts: readonly Tables['posts']['$inferSelect'][],
  { platform, workspace, channel, message }: Pressed,
): Promise<void> {
  const { deliveries: d, posts: p } = tx.tables;
  const ref = message.slice(message.indexOf('/') + 1);
  const here = posts.filter(
    one => one.platform === platform && one.workspace === workspace && one.channel === channel && !one.gathered,
  );
  if (here.some(one => one.ref === ref)) return;
  for (const post of here) {
    if (!(takenAt(ref) < takenAt(post.ref))) continue;
    const about = and(eq(d.forumId, forumId), eq(d.topic, post.topic), eq(d.subject, post.subject));
    const there = and(eq(d.platform, platform), eq(d.workspace, workspace), eq(d.channel, channel));
    const twice = await tx
      .select({ due: d.due })
      .from(d)
      .where(and(about, there, eq(d.reason, DOUBTFUL), notLike(d.occurrence, 'edit:%')));
    if (!twice.some(one => one.due.getTime() - SKEW_MS <= takenAt(ref))) continue;
    await tx
      .update(p)
      .set({ ref, hash: '' })
      .where(
        and(
          eq(p.forumId, forumId),
          eq(p.topic, post.topic),
          eq(p.subject, post.subject),
          eq(p.platform, platform),
          eq(p.workspace, workspace),
          eq(p.channel, channel),
        ),
      );
    return;
  }
}
