import type { Forum } from '../domain/forums.ts';
import { coordinators } from '../domain/people.ts';
import { faultText, readFrameworkFile } from '../imports/framework.ts';
import { UnreadableFile } from '../imports/grid.ts';
import { loadFramework } from '../imports/load-framework.ts';
import { inLocale } from '../language/locale.ts';
import { catalogue } from '../language/messages.ts';
import { plain } from '../language/text.ts';
import type { Store } from '../storage/store.ts';
import { complain, say } from './verb.ts';

/** Loads an instrument of assessments into a forum, or only checks it. Gives the status with which the program ends. */
export async function importFrameworkFile(
  store: Store,
  forum: Forum,
  bytes: Uint8Array,
  { now, dry }: { readonly now: Date; readonly dry: boolean },
): Promise<number> {
  const m = catalogue[forum.locale];
  const w = m.assessment;
  const found = await readFrameworkFile(bytes, Object.values(catalogue)).catch((error: unknown) => {
    if (error instanceof UnreadableFile) return error;
    throw error;
  });
  if (found instanceof UnreadableFile) {
    complain(plain(m.imports.no[found.why]));
    return 1;
  }
  if ('faults' in found) {
    for (const one of found.faults) complain(faultText(m, one));
    return 1;
  }
  const { framework } = found;
  const { key, version } = framework;
  const name = inLocale(framework.name, forum.locale);
  const n = String(framework.sections.reduce((sum, section) => sum + section.questions.length, 0));
  const [member] = await coordinators(store.read, forum.id);
  if (dry || !member) {
    say(w.frameworkText({ name, version }));
    return 0;
  }
  const how = { by: member.number, file: `${key}-${version}`, now };
  const { became } = await store.write(forum.id, tx => loadFramework(tx, forum.id, framework, how));
  if (became === 'shipped' || became === 'other') {
    complain(plain(became === 'shipped' ? w.import.shipped({ key }) : w.import.other({ key, version })));
    return 1;
  }
  say(plain(became === 'new' ? w.imported({ name, n }) : w.importedAlready({ name, version })));
  return 0;
}
