import { parseArgs } from 'node:util';
import { renewSearch } from '../domain/search.ts';
import { backup, restore } from '../storage/backup.ts';
import { holdDatabase } from '../storage/lock.ts';
import { moveAll } from '../storage/move.ts';
import { openStore } from '../storage/open.ts';
import { complain, ground, say, UsageError, type Verb } from './verb.ts';

/** Applies migrations; with `--from` and `--to` moves everything from one database into another, empty one. */
export async function migrateVerb(verb: Verb): Promise<number> {
  const { values } = parseArgs({ args: verb.args, options: { from: { type: 'string' }, to: { type: 'string' } } });
  if (!values.from !== !values.to) throw new UsageError('migrate takes --from and --to together');
  if (values.from && values.to) return await moveVerb(values.from, values.to);
  const { store } = await ground(verb);
  await store.close();
  say('The database is up to date.');
  return 0;
}

async function moveVerb(source: string, target: string): Promise<number> {
  const holds = [source, target].map(holdDatabase);
  const [from, to] = [await openStore(source), await openStore(target)];
  try {
    const moved = await moveAll(from, to);
    await renewSearch(to);
    say(...moved.map(one => `${one.table}: ${one.rows}`), 'Everything is there, row by row. Set DATABASE_URL to it.');
    return 0;
  } finally {
    await Promise.all([from.close(), to.close()]);
    for (const hold of holds) hold.release();
  }
}

const fileOf = ({ settings }: Verb): string | null =>
  settings.databaseUrl.startsWith('file:') ? settings.databaseUrl.slice('file:'.length) : null;

/** Copies the embedded database, which may be in use. */
export async function backupVerb(verb: Verb): Promise<number> {
  const [target] = verb.args;
  const file = fileOf(verb);
  if (!target) throw new UsageError('backup takes the file to write');
  if (!file) {
    complain('This database is PostgreSQL: back it up with pg_dump --format=custom --file=FILE "$DATABASE_URL"');
    return 1;
  }
  await backup(file, target);
  say(`Backed up to ${target}.`);
  return 0;
}

/** Puts a backup in the place of the embedded database. */
export async function restoreVerb(verb: Verb): Promise<number> {
  const { values, positionals } = parseArgs({
    args: verb.args,
    options: { force: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [source] = positionals;
  const file = fileOf(verb);
  if (!source || !file) throw new UsageError('restore takes the backup of an embedded database');
  const hold = holdDatabase(verb.settings.databaseUrl);
  try {
    restore(source, file, { force: values.force ?? false });
  } finally {
    hold.release();
  }
  say(`Restored from ${source}.`);
  return 0;
}
