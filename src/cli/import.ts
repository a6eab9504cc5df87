import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { systemClock } from '../contract/clock.ts';
import type { Forum } from '../domain/forums.ts';
import { actorOf, coordinators } from '../domain/people.ts';
import { gridOfExport, type Tables } from '../imports/exported.ts';
import { applyImport, type ImportPlan, planImport, planTables, writable } from '../imports/import.ts';
import { IMPORT_KINDS, type ImportKind } from '../imports/plan.ts';
import { countsText, refusalOf, rowsToSee, rowText, writingsText } from '../imports/text.ts';
import type { Locale } from '../language/locale.ts';
import { catalogue, type Messages } from '../language/messages.ts';
import { plain } from '../language/text.ts';
import { keepHeapSmall } from '../runtime/heap.ts';
import type { Reader } from '../storage/store.ts';
import { oneForum } from './export.ts';
import { importFrameworks } from './import-framework.ts';
import { complain, defineVerb, say, withRecord } from './verb.ts';

const isKind = (typed: string): typed is ImportKind => (IMPORT_KINDS as readonly string[]).includes(typed);

/** Contents of a file: its bytes, or the tables of an export that its description stands for. */
type Content = Uint8Array | { readonly tables: Tables };

/** An export is named by its folder, or by the description in it. */
const folderOf = (file: string): string => (basename(file) === 'datapackage.json' ? dirname(file) : file);

/** The tables of an export in a folder, each read when it is asked for the first time. */
function tablesIn(folder: string): Tables {
  const read = new Map<string, ReturnType<Tables>>();
  return name => {
    const path = join(folder, `${name}.json`);
    if (!read.has(name)) read.set(name, existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : []);
    return read.get(name)!;
  };
}

const isExportAt = (file: string): boolean => existsSync(join(folderOf(file), 'datapackage.json'));

const contentOf = (file: string): Content | null =>
  isExportAt(file) ? { tables: tablesIn(folderOf(file)) } : read(file);

const planned = (db: Reader, forum: Forum, kind: ImportKind, content: Content, now: Date) =>
  'tables' in content && kind !== 'kobo'
    ? planTables(db, forum, kind, [gridOfExport(kind, content.tables)], now)
    : planImport(db, forum, kind, 'tables' in content ? new Uint8Array() : content, now);

const read = (file: string): Uint8Array | null => {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
};

/** Returns what a check found, a line each: the counts, how columns were read, and every row that is not entered. */
function lines(m: Messages, locale: Locale, planned: ImportPlan): string[] {
  return [
    plain(countsText(m, locale, planned)),
    ...writingsText(m, planned),
    ...rowsToSee(planned).map(row => `- ${plain(rowText(m, row))}`),
  ];
}

/** Enters a file into a forum, in the name of its first coordinator; with `--dry-run` it is only checked. */
export const importVerb = defineVerb({
  options: { forum: 'NAME', kind: 'KIND', 'dry-run': true },
  takes: { file: 'FILE' },
  needs: ['forum', 'kind'],
  async run(verb, { forum: name, kind, file, 'dry-run': dry }) {
    const { words } = verb;
    if (!isKind(kind) && kind !== 'framework') {
      complain(words.importKinds({ kinds: [...IMPORT_KINDS, 'framework'].join(', ') }));
      return 1;
    }
    keepHeapSmall();
    const content = contentOf(file);
    if (!content) {
      complain(words.noFile({ file }));
      return 1;
    }
    return withRecord(verb, async store => {
      const forum = await oneForum(store, name, words);
      if (!forum) return 1;
      const m = catalogue[forum.locale];
      const now = systemClock.now();
      const [member] = await coordinators(store.read, forum.id);
      if (!member) {
        complain(words.noCoordinator);
        return 1;
      }
      if (kind === 'framework') return await importFrameworks(store, forum, content, { now, dry: dry ?? false });
      const checked = await planned(store.read, forum, kind, content, now);
      if ('why' in checked) {
        complain(plain(refusalOf(m, kind, checked)));
        return 1;
      }
      say(...lines(m, forum.locale, checked));
      if (dry || !writable(checked).length) return 0;
      const { seat } = await actorOf(store.read, member);
      const by = { member: member.number, partner: seat?.partner ?? null };
      const done = await store.write(forum.id, async tx => {
        // Judged once more where it is written: the forum may have gone on meanwhile.
        const again = await planned(tx, forum, kind, content, now);
        return 'why' in again ? null : applyImport(tx, forum, again, { file: basename(file), by, now });
      });
      if (done) {
        const { made, n } = done;
        say(plain(m.imports.done({ number: made.number, n: String(n), kind: m.imports.kinds[kind] })));
        say(plain(m.imports.doneHint({ number: made.number })));
      }
      return 0;
    });
  },
});
