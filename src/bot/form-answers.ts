import type { Act, Answer } from '../contract/act.ts';
import { button } from '../contract/buttons.ts';
import type { View } from '../contract/view.ts';
import { noForum, ReadActContext, type WriteActContext } from './act-contexts.ts';
import { asksForChanges, asShown, withCurrentValues } from './current-values.ts';
import type { Running } from './deps.ts';
import { dressForm } from './dress-form.ts';
import type { Known } from './known.ts';
import { permit, rolesOf } from './permit.ts';
import { readOptions } from './read-options.ts';
import type { Registry } from './registry.ts';
import type { Wanted } from './resolve.ts';

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
  return { ...wanted, given: withCurrentValues(given, standing), reopen: true };
}

/** The form of a change that asks for what does not stand yet. */
export async function restOf(
  deps: Pick<Running, 'store'>,
  registry: Registry,
  act: Act,
  known: Known,
  wanted: Wanted,
  now: Date,
): Promise<Wanted> {
  const all = await withWhatStands(deps, registry, act, known, wanted, now);
  return { ...all, given: asShown(all.given), nextStep: true };
}

/** The answer to a form that was sent with fields left out, with a button that asks for them where that can be. */
export function withRest(
  ctx: WriteActContext,
  act: Act,
  { action, given }: Pick<Wanted, 'action' | 'given'>,
  done: View,
) {
  const { completedBy } = action;
  const [only, ...others] = ctx.made;
  const isForm = act.ask.kind === 'pressed' && act.ask.given !== undefined && act.place.platform !== 'console';
  const isWhole = Object.entries(action.options).every(([key, { hidden }]) => hidden || key in given);
  if (!completedBy || !only || others.length || !isForm || isWhole) return done;
  const rest = button(ctx.m, 'complete', 'mg', { action: completedBy, thing: only });
  return { ...done, controls: [...done.controls, [rest]] };
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
