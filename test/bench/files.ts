import { randomBytes } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { HandIn } from '../../src/bot/hand-in.ts';
import type { Act, FileRef } from '../../src/contract/act.ts';
import { createLog } from '../../src/contract/log.ts';
import { partsOf } from '../../src/domain/files/store.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/store.ts';
import { newDatabase, startPostgres } from '../postgres.ts';
import { newFile, START } from './forum.ts';
import { aMachine } from './machine.ts';
import { ms } from './measure.ts';
import { row, section } from './page.ts';

const MIB = 1_048_576;
/** Maximum time of one turn of the event loop, ms. */
const MAXIMUM_TURN_MS = 50;
/** Size of the pieces in which platforms hand out bytes. */
const CHUNK = 64 * 1024;

/** A film of that size, whose boxes are walked for where it was taken. */
function aFilm(mib: number): Buffer {
  const film = randomBytes(mib * MIB);
  const box = (at: number, size: number, type: string): void => {
    film.writeUInt32BE(size, at);
    film.write(type, at + 4, 'latin1');
  };
  box(0, 16, 'ftyp');
  film.write('isom', 8, 'latin1');
  box(16, film.length - 16, 'mdat');
  return film;
}

/** Handed in and read out again: the time of each, and the longest turn meanwhile. */
async function costOf(store: Store, content: Buffer) {
  const log = createLog(
    { level: 'error', format: 'json' },
    () => START,
    () => undefined,
  );
  const files = new HandIn(store, log, 10);
  const file: FileRef = { name: 'film.mp4', type: 'video/mp4', size: content.length, url: 'x' };
  const download = async function* () {
    for (let at = 0; at < content.length; at += CHUNK) yield content.subarray(at, at + CHUNK);
  };
  const act = { download: async () => download() } as unknown as Act;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const timed = async (work: () => Promise<void>) => {
    delay.reset();
    const since = performance.now();
    await work();
    return { took: performance.now() - since, longest: delay.max / 1e6 };
  };
  delay.enable();
  let hash = '';
  const kept = await timed(async () => {
    const { given } = await files.take(act, 'f', { evidence: { file } }, START);
    const taken = given.evidence;
    hash = (taken && 'file' in taken && taken.file.kept) || '';
  });
  let bytes = 0;
  const read = await timed(async () => {
    for await (const part of partsOf(store.read, 'f', hash)) bytes += part.length;
  });
  delay.disable();
  if (bytes !== content.length) throw new Error(`of ${content.length} bytes ${bytes} came back`);
  return { kept, read };
}

/** The part of the bench about files: what is handed in holds nobody up, on either database. */
export async function files(): Promise<void> {
  section(
    'Files',
    '| database and size | kept in | longest turn | read in | longest turn | of a process that wants nothing |',
    `No turn may last ${MAXIMUM_TURN_MS} ms longer than the machine holds up a process that wants nothing.`,
  );
  const machine = await aMachine();
  const server = await startPostgres();
  const wrong: string[] = [];
  try {
    for (const [name, url] of [
      ['SQLite', `file:${newFile()}`],
      ['PostgreSQL', await newDatabase(server.url)],
    ] as const) {
      const store = await openStore(url);
      const forum = { id: 'f', name: 'f', locale: 'id', zone: 'Asia/Jakarta', settings: {}, createdAt: START } as const;
      await store.write(null, async tx => void (await tx.insert(tx.tables.forums).values(forum)));
      for (const mib of [1, 8, 10]) {
        await machine.longest();
        const { kept, read } = await costOf(store, aFilm(mib));
        const held = await machine.longest();
        row(`${name}, ${mib} MiB`, ms(kept.took), ms(kept.longest), ms(read.took), ms(read.longest), ms(held));
        const longest = Math.max(kept.longest, read.longest);
        if (longest > MAXIMUM_TURN_MS + held) wrong.push(`${name}, ${mib} MiB: a turn of ${ms(longest)}`);
      }
      await store.close();
    }
  } finally {
    machine.stop();
    await server.stop();
  }
  if (wrong.length) throw new Error(wrong.join('\n'));
}
