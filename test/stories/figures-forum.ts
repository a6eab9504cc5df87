import { unzipSync } from 'fflate';
import { catalogue } from '../../src/language/messages.ts';
import { type Format, reportFile } from '../../src/reports/files.ts';
import type { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup "Forum Uji" locale:english announce:news coordinators:coord issues:issues',
  '/me language english',
  '/partner add BPBD sector:government',
  '/partner add Lumbung sector:ngo',
  '/partner assign budi partner:BPBD role:representative',
  '/partner assign joko partner:Lumbung role:representative',
  '/digest schedule "0 8 1 1 *"',
] as const;

/**
 * A forum of two partners on a day. `text` runs a line that must succeed; `file` makes the report of a time, as it is
 * then.
 */
export async function aForum(open: (typeof databases)[number]['open'], day = '2026-01-05') {
  const store = await open();
  const world = await aWorld({ store, start: new Date(`${day}T08:00:00+07:00`) });
  await world.all(...FORUM);
  const [{ id: forumId } = { id: '' }] = await store.read.select().from(store.tables.forums);
  const file = async (from: string, to: string, format: Format): Promise<Uint8Array> => {
    const [forum] = await store.read.select().from(store.tables.forums);
    const context = { db: store.read, forumId, m: catalogue.en, locale: 'en', zone: forum!.zone } as const;
    return (await reportFile({ ...context, now: world.clock.now() }, forum!, { from, to }, format)).bytes;
  };
  /** The files of the report in the folder with commas, by their names. */
  const sheets = async (from: string, to: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(unzipSync(await file(from, to, 'csv')))
        .filter(([name]) => name.startsWith('comma'))
        .map(([name, bytes]) => [name.replace(/^.*\/|\.csv$/g, ''), Buffer.from(bytes).toString()]),
    );
  const iati = async (from: string, to: string) => Buffer.from(await file(from, to, 'iati')).toString();
  const text = async (line: string): Promise<string> => (await world.all(line))[0]!;
  return Object.assign(world, { text, file, sheets, iati, forumId });
}
