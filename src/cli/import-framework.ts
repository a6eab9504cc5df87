import { type Framework, faultsOf, frameworkShape, questionsOf } from '../domain/assessments/framework.ts';
import { shippedFrameworks } from '../domain/assessments/shipped.ts';
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
  /** True: only checks, and enters nothing. */
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
    const { frameworks, faults } = ownOnes(content.tables);
    const w = m.assessment.import;
    for (const { row, at } of faults) complain(w.at({ row, why: w.noInstrument({ at }) }));
    if (!frameworks.length && !faults.length) say(w.noneInExport);
    let status = faults.length ? 1 : 0;
    for (const one of frameworks) status = Math.max(status, await enter(store, forum, one, how));
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

interface OwnOnes {
  readonly frameworks: readonly Framework[];
  /** Rows that hold no instrument, counted from 1, and where each goes wrong (`sections.0.key`). */
  readonly faults: readonly { readonly row: number; readonly at: string }[];
}

/** Reads the instruments of an export, without those that come with the program, which has them already. */
function ownOnes(tables: Tables): OwnOnes {
  const shipped = new Set(shippedFrameworks().map(one => one.key));
  const frameworks: Framework[] = [];
  const faults: { row: number; at: string }[] = [];
  for (const [i, stored] of tables('frameworks').entries()) {
    if (shipped.has(String(stored?.key))) continue;
    const read = frameworkShape.safeParse(stored?.data);
    if (!read.success) faults.push({ row: i + 1, at: read.error.issues[0]?.path.join('.') ?? '' });
    else if (faultsOf(read.data).length) faults.push({ row: i + 1, at: read.data.key });
    else frameworks.push(read.data);
  }
  return { frameworks, faults };
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
