import { enqueue } from '../delivery/outbox.ts';
import { recordEvent } from '../domain/audit.ts';
import { forumAt, leavePlace, type PlaceKey } from '../domain/forums.ts';
import { catalogue } from '../language/messages.ts';
import type { House } from './perform.ts';
import { text, type View, view } from './view.ts';

/** What the bot says where it has just been let in; null where a forum lives there already. */
export async function joined({ store, defaults }: House, place: PlaceKey): Promise<View | null> {
  if (await forumAt(store.read, place)) return null;
  const { hello, helloHint } = catalogue[defaults.locale].core;
  return view(hello, { blocks: [text(helloHint)] });
}

/** Marks a place that the bot was put out of, and tells the forum's coordinators elsewhere. Harmless to repeat. */
export async function left({ store, clock }: House, place: PlaceKey): Promise<void> {
  const forum = await forumAt(store.read, place);
  if (!forum) return;
  const now = clock.now();
  const { platform, workspace } = place;
  await store.write(forum.id, async tx => {
    if (!(await forumAt(tx, place))) return;
    await leavePlace(tx, place, now);
    const what = {
      kind: 'place.left',
      thing: 'forum',
      number: 0,
      data: { platform, workspace, putOut: true },
    } as const;
    const seq = await recordEvent(tx, forum.id, null, what, now);
    const topic = { kind: 'place_left', subject: platform };
    await enqueue(tx, forum.id, { topic, to: { purpose: 'coordinators' }, due: now, occurrence: `left:${seq}` });
  });
}
