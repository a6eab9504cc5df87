import type { WriteContext } from '../src/bot/act-context.ts';
import { Refusal } from '../src/contract/refusal.ts';
import type { Planned } from '../src/schedule/occurrences.ts';

/** Describes what an edit changes, and each field as it was and is: what its history shows. */
interface Changed<T> {
  readonly set: Partial<T>;
  readonly changed: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>;
}

/**
 * The fields that are given and differ from what stands.
 * @throws Refusal `missing_option` where nothing would change.
 */
export function whatChanged<T extends object, S extends Partial<T>>(before: T, given: S): Changed<S> {
  const pairs = Object.entries(given)
    .map(([field, to]) => [field, { from: (before as Record<string, unknown>)[field], to }] as const)
    .filter(([, { from, to }]) => from !== to);
  if (!pairs.length) throw new Refusal('missing_option', m => m.core.nothingChanged);
  return {
    set: Object.fromEntries(pairs.map(([field, { to }]) => [field, to])) as S,
    changed: Object.fromEntries(pairs),
  };
}

/** Moves the reminder of a day by which something is to be done, where an edit names another day. */
export async function dueMoved<T extends { readonly due: string | null; readonly createdAt: Date }>(
  ctx: WriteContext,
  before: T,
  after: T,
  reminder: (of: T, zone: string, now: Date) => Planned[],
): Promise<void> {
  if (before.due === after.due) return;
  for (const { kind, subject } of reminder(before, ctx.forum.zone, before.createdAt))
    await ctx.unplan(kind, subject, 'due on another day');
  await ctx.plan(...reminder(after, ctx.forum.zone, ctx.now));
}
