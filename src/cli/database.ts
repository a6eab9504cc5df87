import { renewSearch } from '../domain/search.ts';
import { fileOf, isThere, readAddress, shownAddress } from '../storage/address.ts';
import { backup, restore } from '../storage/backup.ts';
import { holdDatabase } from '../storage/lock.ts';
import { moveAll } from '../storage/move.ts';
import { openStore } from '../storage/open.ts';
import type { Store } from '../storage/store.ts';
import { complain, defineVerb, isRecordThere, openServices, say, UsageError, type Words } from './verb.ts';

/** Applies migrations; with `--from` and `--to` moves everything from one database into another, empty one. */
export const migrateVerb = defineVerb({
  options: { from: 'URL', to: 'URL' },
  takes: {},
  async run(verb, { from, to }) {
    if (!from !== !to) throw new UsageError(wrong => wrong.together);
    if (from && to) return await move(addressOf(from), addressOf(to), verb.words);
    const { store } = await openServices(verb);
    await store.close();
    say(verb.words.upToDate);
    return 0;
  },
});

function addressOf(typed: string): string {
  const address = readAddress(typed);
  if (!address) throw new UsageError(wrong => wrong.notADatabase({ typed: shownAddress(typed) }));
  return address;
}

async function move(source: string, target: string, words: Words): Promise<number> {
  if (source === target) throw new UsageError(wrong => wrong.sameTwice);
  if (!(await isThere(source))) {
    complain(words.noSource({ name: shownAddress(source) }));
    return 1;
  }
  // Refuses what is no database before a lock stands beside it.
  await isThere(target);
  const holds = [source, target].map(holdDatabase);
  const opened: Store[] = [];
  const open = async (address: string): Promise<Store> => {
    const store = await openStore(address);
    opened.push(store);
    return store;
  };
  try {
    const [from, to] = [await open(source), await open(target)];
    const moved = await moveAll(from, to);
    await renewSearch(to);
    say(...moved.map(one => `${one.table}: ${one.rows}`), words.moved);
    return 0;
  } finally {
    await Promise.all(opened.map(one => one.close()));
    for (const hold of holds) hold.release();
  }
}

/** Returns the file of the embedded database; null, and says why, for one on a server or in memory. */
function embeddedFile(url: string, words: Words): string | null {
  const file = fileOf(url);
  if (!file) complain(url.startsWith('file:') ? words.memoryBackup : words.postgresBackup);
  return file;
}

/** Copies the embedded database, which may be in use. */
export const backupVerb = defineVerb({
  options: {},
  takes: { file: 'FILE' },
  async run({ settings, words }, given) {
    const file = embeddedFile(settings.databaseUrl, words);
    if (!file) return 1;
    if (!(await isRecordThere({ settings, words }))) return 1;
    await backup(file, given.file);
    say(words.backedUp(given));
    return 0;
  },
});

/** Puts a backup in the place of the embedded database. */
export const restoreVerb = defineVerb({
  options: { force: true },
  takes: { file: 'FILE' },
  async run({ settings, words }, given) {
    const file = embeddedFile(settings.databaseUrl, words);
    if (!file) return 1;
    restore(given.file, file, { force: given.force ?? false });
    say(words.restored(given));
    return 0;
  },
});
