import { type Framework, questionsOf } from '../domain/assessments/framework.ts';
import { readFramework, shippedFrameworks } from '../domain/assessments/shipped.ts';
import type { Forum } from '../domain/forums.ts';
import { coordinators } from '../domain/people.ts';
import type { Tables } from '../imports/exported.ts';
import { faultText, readFrameworkFile } from '../imports/framework.ts';
import { UnreadableFile } from '../imports/grid.ts';
import { loadFramework } from '../imports/load-framework.ts';
import { inLocale } from '../language/locale.ts';
import { catalogue } from '../language/messages.ts';
import { plain } from '../language/text.ts';
import type { Store } from '../storage/store.ts';
import { complain, say } from './verb.ts';

interface How {
  readonly now: Date;
  /** Only checks, and enters nothing. */
  readonly dry: boolean;
}

/**
 * Loads an instrument of assessments out of a file, or a forum's own ones out of an export, or only checks them. Gives
 * the status with which the program ends.
 */
export async function importFrameworks(
  store: Store,
  forum: Forum,
  content: Uint8Array | { readonly tables: Tables },
  how: How,
): Promise<number> {
  const m = catalogue[forum.locale];
  if ('tables' in content) {
    let status = 0;
    for (const one of ownOnes(content.tables)) status = Math.max(status, await enter(store, forum, one, how));
    return status;
  }
  const found = await readFrameworkFile(content, Object.values(catalogue)).catch((error: unknown) => {
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
  return enter(store, forum, found.framework, how);
}

/** The instruments of an export that do not come with the program, which has those already. */
function ownOnes(tables: Tables): Framework[] {
  const shipped = new Set(shippedFrameworks().map(one => one.key));
  return tables('frameworks')
    .map(row => readFramework(JSON.stringify(row.data)))
    .filter(one => !shipped.has(one.key));
}

async function enter(store: Store, forum: Forum, framework: Framework, { now, dry }: How): Promise<number> {
  const w = catalogue[forum.locale].assessment;
  const { key, version } = framework;
  const name = inLocale(framework.name, forum.locale);
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
  const n = String(questionsOf(framework).length);
  say(plain(became === 'new' ? w.imported({ name, n }) : w.importedAlready({ name, version })));
  return 0;
}
