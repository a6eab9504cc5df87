import { and, eq } from 'drizzle-orm';
import type { Platform } from '../contract/act.ts';
import { button } from '../contract/buttons.ts';
import { text, type View, view } from '../contract/view.ts';
import { enqueue } from '../delivery/outbox.ts';
import { refreshPlace } from '../delivery/refresh-place.ts';
import { ailments } from '../domain/ailments.ts';
import { recordEvent } from '../domain/audit.ts';
import {
  channelsOf,
  type Forum,
  forumAt,
  leavePlace,
  type PlaceKey,
  type Purpose,
  placesPutOut,
  returnPlace,
} from '../domain/forums.ts';
import { OPEN, publicIssues } from '../domain/issues/store.ts';
import { listPolls } from '../domain/polls/store.ts';
import { listStrategies } from '../domain/strategies/store.ts';
import { catalogue } from '../language/messages.ts';
import type { Tx } from '../storage/store.ts';
import type { BotDeps } from './deps.ts';
import { hintOf } from './identify.ts';

/** Maximum of open votes, and of open issues, whose cards are put up in a place that has come back. */
const REVIVED = 200;

/**
 * Makes the greeting of a new place; null where a forum lives there already. A place from which it was put
 * out before goes on as its forum's, and is told so.
 */
export async function joined(deps: BotDeps, place: PlaceKey, locale?: string): Promise<View | null> {
  const { store, defaults } = deps;
  await present(deps, place.platform, [place.workspace]);
  if (await forumAt(store.read, place)) return null;
  const m = catalogue[hintOf(locale === undefined ? {} : { locale }) ?? defaults.locale];
  const { hello, helloHint } = m.core;
  return view(hello, { blocks: [text(helloHint)], controls: [[button(m, 'startForum', 'fs', {}, 'primary')]] });
}

/** The bot is in these places: what it was put out of meanwhile goes on. Harmless to repeat. Gives whether any did. */
export async function present(deps: BotDeps, platform: Platform, workspaces: readonly string[]): Promise<boolean> {
  await takenAgain(deps, platform, workspaces);
  const out = await placesPutOut(deps.store.read, platform, workspaces);
  for (const place of out) await comeBack(deps, place);
  return out.length > 0;
}

/** A workspace that has just let the bot in takes its token, whatever it said before: what waits is sent at once. */
async function takenAgain({ store }: BotDeps, platform: Platform, workspaces: readonly string[]): Promise<void> {
  const { health: h } = store.tables;
  const all = await ailments(store.read);
  const refused = all.filter(
    one => one.platform === platform && one.state === 'refused' && one.workspace && !one.channel,
  );
  for (const { workspace } of refused.filter(one => workspaces.includes(one.workspace)))
    await store.write(null, async tx => {
      await tx.delete(h).where(and(eq(h.platform, platform), eq(h.workspace, workspace), eq(h.channel, '')));
    });
}

/** Takes a place up again: its channels, its cards in their present state, and open votes and issues that it missed. */
async function comeBack({ store, clock }: BotDeps, place: PlaceKey): Promise<void> {
  const now = clock.now();
  const { platform, workspace } = place;
  await store.write(`${platform}:${workspace}`, async tx => {
    const forum = await returnPlace(tx, place);
    if (!forum) return;
    const what = { kind: 'place.returned', thing: 'forum', number: 0, data: { platform, workspace } } as const;
    const seq = await recordEvent(tx, forum.id, null, what, now);
    const standing = await refreshPlace(tx, forum.id, place, now);
    await putUpMissing(tx, forum, place, { seq, standing, now });
    const topic = { kind: 'place_returned', subject: platform };
    await enqueue(tx, forum.id, { topic, to: { purpose: 'coordinators' }, due: now, occurrence: `returned:${seq}` });
    const announce = await channelIn(tx, forum, place, 'announce');
    if (announce)
      await enqueue(tx, forum.id, { topic, to: { channel: announce }, due: now, occurrence: `returned:${seq}` });
  });
}

async function channelIn(tx: Tx, { id }: Forum, { platform, workspace }: PlaceKey, purpose: Purpose) {
  const all = await channelsOf(tx, id);
  const there = all.filter(one => one.platform === platform && one.workspace === workspace);
  const found = there.find(one => one.purpose === purpose) ?? there.find(one => one.purpose === 'announce');
  return found ? { platform, workspace, id: found.channel, name: found.name } : null;
}

/** Puts up the cards of open votes, polls and issues that do not stand in a place. */
async function putUpMissing(
  tx: Tx,
  forum: Forum,
  place: PlaceKey,
  { seq, standing, now }: { seq: number; standing: ReadonlySet<string>; now: Date },
): Promise<void> {
  const votes = await listStrategies(tx, forum.id, { undecided: true }, REVIVED);
  const polls = await listPolls(tx, forum.id, { state: 'open' }, REVIVED);
  const issues = await publicIssues(tx, forum.id, { states: OPEN }, REVIVED);
  const wanted = [
    ...votes.rows.filter(one => one.openedAt).map(one => ({ kind: 'ballot', purpose: 'announce' as const, one })),
    ...polls.rows.map(one => ({ kind: 'poll', purpose: 'announce' as const, one })),
    ...issues.rows.map(one => ({ kind: 'issue', purpose: 'issues' as const, one })),
  ];
  for (const { kind, purpose, one } of wanted.reverse()) {
    const subject = String(one.number);
    const channel = standing.has(`${kind}:${subject}`) ? null : await channelIn(tx, forum, place, purpose);
    if (!channel) continue;
    const occurrence = `returned:${seq}:${kind}:${subject}`;
    await enqueue(tx, forum.id, { topic: { kind, subject }, to: { channel }, due: now, occurrence });
  }
}

/** Marks a place that the bot was put out of, and tells the forum's coordinators elsewhere. Harmless to repeat. */
export async function left({ store, clock }: BotDeps, place: PlaceKey): Promise<void> {
  const forum = await forumAt(store.read, place);
  if (!forum) return;
  const now = clock.now();
  const { platform, workspace } = place;
  await store.write(forum.id, async tx => {
    if (!(await forumAt(tx, place))) return;
    await leavePlace(tx, place, now, { putOut: true });
    const what = {
      kind: 'place.left',
      thing: 'forum',
      number: 0,
      data: { platform, workspace, putOut: true },
    } as const;
    const seq = await recordEvent(tx, forum.id, null, what, now);
    const topic = { kind: 'place_left', subject: `${platform}:${workspace}` };
    await enqueue(tx, forum.id, { topic, to: { purpose: 'coordinators' }, due: now, occurrence: `left:${seq}` });
  });
}
