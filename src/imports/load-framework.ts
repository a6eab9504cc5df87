import { isDeepStrictEqual } from 'node:util';
import { type Framework, questionsOf } from '../domain/assessments/framework.ts';
import { shippedFrameworks } from '../domain/assessments/shipped.ts';
import { frameworkKept, keepFramework } from '../domain/assessments/store.ts';
import { beginImport, keepRows } from '../domain/imports/store.ts';
import type { Tx } from '../storage/store.ts';

/** Result of loading an instrument; of a new one the number of the import, by which it can be taken back. */
export type Loaded =
  | { readonly became: 'same' | 'other' | 'shipped' }
  | { readonly became: 'new'; readonly number: number };

/**
 * Keeps an instrument out of a file. One whose key comes with the program, or whose version is there and says something
 * else, is not taken; the very same one is there already.
 */
export async function loadFramework(
  tx: Tx,
  forumId: string,
  framework: Framework,
  { by, file, now }: { readonly by: number; readonly file: string; readonly now: Date },
): Promise<Loaded> {
  const { key, version } = framework;
  if (shippedFrameworks().some(one => one.key === key)) return { became: 'shipped' };
  const kept = await frameworkKept(tx, forumId, framework);
  if (kept) return { became: isDeepStrictEqual(kept.framework, framework) ? 'same' : 'other' };
  const number = await keepFramework(tx, forumId, framework, by, now);
  const counts = { new: questionsOf(framework).length };
  const made = await beginImport(tx, forumId, { kind: 'framework', file, counts, madeBy: by }, now);
  const event = { kind: 'framework.imported', data: { framework: number, key, version } };
  await keepRows(tx, made, [{ thing: 'framework', number, before: null, after: {}, event }]);
  return { became: 'new', number: made.number };
}
