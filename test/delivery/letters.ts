import { asc } from 'drizzle-orm';
import type { Adapter, Outgoing, SendResult } from '../../src/contract/act.ts';
import { createLog } from '../../src/contract/log.ts';
import type { PostTypes } from '../../src/contract/post-type.ts';
import { view } from '../../src/contract/view.ts';
import { enqueue } from '../../src/delivery/outbox.ts';
import { createRecorder } from '../../src/delivery/recorder.ts';
import { createSender } from '../../src/delivery/sender.ts';
import type { Store } from '../../src/storage/store.ts';
import { START } from '../world.ts';

type Platform = 'discord' | 'slack';

/** Letters that say what they are about. */
const LETTERS: PostTypes = { letter: { keptCurrent: false, view: async (_, subject) => view(subject) } };

/** A forum in one place of a platform, to whose channels letters are written. */
export async function aForum(store: Store, platform: Platform, workspace: string) {
  const { forums, places, deliveries: d } = store.tables;
  const forum = { id: 'f', name: 'f', locale: 'id', zone: 'Asia/Jakarta', settings: {}, createdAt: START } as const;
  await store.write(null, async tx => {
    await tx.insert(forums).values(forum);
    await tx.insert(places).values({ platform, workspace, forumId: 'f', name: 'x', joinedAt: START, leftAt: null });
  });
  return {
    /** Puts a letter for a channel into the outbox. */
    write: (channel: string, subject: string, kind = 'letter'): Promise<void> =>
      store.write('f', tx =>
        enqueue(tx, 'f', {
          topic: { kind, subject },
          to: { channel: { platform, workspace, id: channel, name: channel } },
          due: START,
          occurrence: subject,
        }),
      ),
    rows: () => store.read.select().from(d).orderBy(asc(d.seq)),
  };
}

/** Records steps of deliveries as of an instant. */
export const recorderAt = (store: Store, at: Date) => createRecorder(store, { now: () => at }, async () => at);

/** A sender of one process, whose clock shows `at.now`. */
export function aSender(
  store: Store,
  at: { now: Date },
  platform: Platform,
  send: (post: Outgoing) => Promise<SendResult>,
  {
    subjects = LETTERS,
    heard = (_: string): void => {},
    present = undefined as (() => Promise<Date>) | undefined,
  } = {},
) {
  const adapter: Pick<Adapter, 'platform' | 'send'> = { platform, send };
  const clock = { now: () => at.now };
  const log = createLog({ level: 'error', format: 'json' }, clock.now, heard);
  return createSender({ store, clock, log, subjects, adapters: [adapter], ...(present && { present }) });
}
