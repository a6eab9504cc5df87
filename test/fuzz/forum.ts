import { openConsole } from '../../src/app/app.ts';
import type { Store } from '../../src/storage/store.ts';
import { countedIds, START } from '../world.ts';

/** A word that stands in everything the other forum has; nobody ever types it. */
export const CANARY = 'Kenariwati';

const forumLines = (word: string): string[] => [
  `/forum setup "Forum ${word}" announce:umum issues:isu coordinators:koor`,
  '/forum settings public:yes',
  `/partner add "${word} Mitra" sector:ngo`,
  '/partner assign ani partner:M-1 role:representative',
  `/partner add "${word} Dua" sector:government`,
  '/partner assign budi partner:M-2 role:representative',
  '@cici /me show',
  '@dewi /me show',
  `/goal add "${word} tujuan"`,
  ...[1, 2, 3].flatMap(n => [
    `/activity log "${word} kegiatan ${n}" participants:5 partners:M-1 goal:T-1`,
    `/issue raise "${word} isu ${n}" severity:high detail:"${word} rinci"`,
    `/agreement record "${word} sepakat ${n}" partners:"M-1, M-2"`,
    `/finance record "${word} uang ${n}" direction:in amount:5`,
    `/indicator add "${word} ukuran ${n}" unit:orang target:9 frequency:monthly partner:"M-1, M-2"`,
    `/strategy propose "${word} usul ${n}" rationale:"${word}" closes:3d`,
  ]),
  '@ani /indicator report N-1 value:3 period:okt',
  '@ani /strategy vote S-1 agree',
  `/activity plan "${word} rencana" date:30/11/2026`,
  `/forum announce "${word} awas" urgency:normal`,
];

export const quiet = { debug() {}, info() {}, warn() {}, error() {} };
export const defaults = { locale: 'id', zone: 'Asia/Jakarta' } as const;

/** Fills a forum of the terminal with a little of everything, each with the word in its name. */
export async function fillForum(store: Store, workspace: string, word: string): Promise<void> {
  const ids = countedIds();
  const { session } = openConsole({ store, log: quiet, defaults }, { actor: 'sari', start: START, workspace, ids });
  for (const line of forumLines(word)) {
    const result = await session.run(line);
    if (!result.ok) throw new Error(`${line}: ${result.text}`);
  }
}
