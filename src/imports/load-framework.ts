import { isDeepStrictEqual } from 'node:util';
import type { Framework } from '../domain/assessments/framework.ts';
import { shippedFrameworks } from '../domain/assessments/shipped.ts';
import { frameworkKept, keepFramework } from '../domain/assessments/store.ts';
import { recordEvent } from '../domain/audit.ts';
import type { Tx } from '../storage/store.ts';

/**
 * Keeps an instrument out of a file. One whose key comes with the program, or whose version is there and says something
 * else, is not taken; the very same one is there already.
 */
export async function loadFramework(
  tx: Tx,
  forumId: string,
  framework: Framework,
  by: number,
  now: Date,
): Promise<'new' | 'same' | 'other' | 'shipped'> {
  const { key, version } = framework;
  if (shippedFrameworks().some(one => one.key === key)) return 'shipped';
  const kept = await frameworkKept(tx, forumId, framework);
  if (kept) return isDeepStrictEqual(kept.framework, framework) ? 'same' : 'other';
  const number = await keepFramework(tx, forumId, framework, by, now);
  const data = { framework: number, key, version };
  await recordEvent(tx, forumId, by, { kind: 'framework.imported', thing: 'forum', number: 0, data }, now);
  return 'new';
}
