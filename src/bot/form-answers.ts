import type { Act, Answer } from '../contract/act.ts';
import { noForum, ReadActContext } from './act-contexts.ts';
import type { Running } from './deps.ts';
import { dressForm } from './dress-form.ts';
import type { Known } from './known.ts';
import { permit, rolesOf } from './permit.ts';
import { readOptions } from './read-options.ts';
import type { Registry } from './registry.ts';
import type { Wanted } from './resolve.ts';
import { asksForChanges, withStanding } from './standing.ts';

/** An act that names a thing to be changed and nothing that is to change, with what stands: its form is asked for. */
export async function withWhatStands(
  { store }: Pick<Running, 'store'>,
  registry: Registry,
  act: Act,
  known: Known,
  wanted: Wanted,
  now: Date,
): Promise<Wanted> {
  const { action, given } = wanted;
  // A terminal has no forms to fill in.
  if (wanted.unfinished || act.place.platform === 'console' || !asksForChanges(action, given)) return wanted;
  if (!known.forum) throw noForum(act.place);
  permit(rolesOf(known.actor), action);
  const ctx = new ReadActContext(registry, act, known, store.read, now);
  const values = await readOptions(action, given, ctx, async () => null);
  const standing = (await action.stands?.(ctx, values)) ?? {};
  return { ...wanted, given: withStanding(given, standing), reopen: true };
}

/** An answer whose form has what helps to fill it in. */
export async function dressed(
  { store }: Pick<Running, 'store'>,
  registry: Registry,
  act: Act,
  known: Known,
  wanted: Wanted,
  answer: Answer,
  now: Date,
): Promise<Answer> {
  if (answer.kind !== 'form' || !known.forum) return answer;
  const form = await dressForm(new ReadActContext(registry, act, known, store.read, now), act, wanted, answer.form);
  return { ...answer, form, refused: { ...answer.refused, repair: form } };
}
