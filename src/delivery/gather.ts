import { and, eq } from 'drizzle-orm';
import type { PostTypes, SendContext } from '../contract/post-type.ts';
import { list, text, type View, view } from '../contract/view.ts';
import type { Text } from '../language/text.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Store } from '../storage/store.ts';
import { circumstancesOf } from './circumstances.ts';
import { contextIn } from './compose.ts';
import type { Delivery } from './delivery.ts';
import { isEdit } from './posts.ts';
import { hasLeft } from './target.ts';

/** Minimum number of new cards for one channel that are said together: a channel takes one message a second. */
const MANY = 10;
/** Maximum of cards in one message. */
const MAXIMUM_TOGETHER = 20;

/**
 * Parts what waits for one place into messages, in order. A message is one delivery; of a long queue those that may be
 * said in a line among others are one, up to `MAXIMUM_TOGETHER`. What may have arrived already is sent by itself.
 */
export function inMessages(lane: readonly Delivery[], subjects: PostTypes): (readonly Delivery[])[] {
  const gathers = (one: Delivery): boolean =>
    Boolean(subjects[one.topic]?.line) && one.channel !== null && one.member === null && !isEdit(one) && !one.startedAt;
  if (lane.filter(gathers).length < MANY) return lane.map(one => [one]);
  const messages: Delivery[][] = [];
  const open = new Map<string, Delivery[]>();
  for (const one of lane) {
    const group = gathers(one) ? open.get(one.forumId) : undefined;
    if (group && group.length < MAXIMUM_TOGETHER) group.push(one);
    else {
      const made = [one];
      messages.push(made);
      if (gathers(one)) open.set(one.forumId, made);
    }
  }
  return messages;
}

/** One message that says several things, and those of the deliveries that it does not cover. */
export interface Gathered {
  readonly view: View;
  readonly said: readonly Delivery[];
  readonly apart: readonly Delivery[];
}

type Topic = Pick<Delivery, 'topic' | 'subject'>;

/** Compares by kind and number, so that the lines keep their order when the message is brought up to date. */
const byKind = (a: Topic, b: Topic): number =>
  a.topic.localeCompare(b.topic) || a.subject.localeCompare(b.subject, 'en', { numeric: true });

const together = ({ m }: SendContext, lines: readonly Text[]): View =>
  view(m.core.together({ n: lines.length }), { blocks: [list(lines), text(m.core.togetherHint)] });

/** Says several deliveries for one channel in a message, a line each; null where fewer than two can be said so. */
export async function gather(
  store: Store,
  subjects: PostTypes,
  group: readonly Delivery[],
  now: Date,
): Promise<Gathered | null> {
  const lines: Text[] = [];
  const said: Delivery[] = [];
  const apart: Delivery[] = [];
  const known = await circumstancesOf(store.read, group[0]!);
  const context = known && contextIn(store, known, group[0]!, now);
  if (!context || hasLeft(known, group[0]!)) return null;
  for (const one of [...group].sort(byKind)) {
    const line = await subjects[one.topic]!.line!({ ...context, due: one.due }, one.subject);
    if (line) lines.push(line);
    (line ? said : apart).push(one);
  }
  if (said.length < 2) return null;
  return { view: together(context, lines), said, apart: apart.sort((a, b) => a.seq - b.seq) };
}

/** A message that says several things as they stand now, one of which has changed. */
export async function gatherAgain(
  { read, tables }: Store,
  subjects: PostTypes,
  context: SendContext,
  { forumId, platform, workspace, channel, ref, postedAt }: Tables['posts']['$inferSelect'],
): Promise<View> {
  const { posts: p } = tables;
  const there = and(eq(p.platform, platform), eq(p.workspace, workspace), eq(p.channel, channel), eq(p.ref, ref));
  const rows = await read
    .select({ topic: p.topic, subject: p.subject })
    .from(p)
    .where(and(eq(p.forumId, forumId), there));
  const lines: Text[] = [];
  for (const { topic, subject } of rows.sort(byKind)) {
    const line = await subjects[topic]?.line?.({ ...context, standsSince: postedAt }, subject);
    if (line) lines.push(line);
  }
  return together(context, lines);
}
