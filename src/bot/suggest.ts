import type { Act, Identity } from '../contract/act.ts';
import { Refusal } from '../contract/refusal.ts';
import type { Suggestion } from '../contract/suggestion.ts';
import { cleanLine } from '../language/clean.ts';
import { fold } from '../storage/words.ts';
import { ReadActContext } from './act-contexts.ts';
import type { Running } from './deps.ts';
import { placed } from './direct.ts';
import { identify } from './identify.ts';
import type { Known } from './known.ts';
import { mayRun } from './permit.ts';
import type { Registry } from './registry.ts';
import { resolve } from './resolve.ts';

/** Maximum number of suggestions: both platforms show 25. */
const MAX = 25;

/** Somebody whom the forum does not know yet sees what a member without a seat sees: their first act makes them one. */
const asMember = (known: Known, { name }: Identity): Known =>
  known.forum && !known.actor
    ? { ...known, actor: { member: 0, numbers: [], name, coordinator: false, seat: null } }
    : known;

/**
 * Candidates for one option of an act that is still being typed: those of the option's kind, within the actor's forum
 * and sight. A person who may not run the action gets none. Writes nothing, so that typing makes nobody a member. Never
 * throws for what a person typed.
 */
export async function suggestFor(
  deps: Running,
  registry: Registry,
  given: Act,
  option: string,
  typed: string,
): Promise<readonly Suggestion[]> {
  const now = deps.clock.now();
  try {
    const act = await placed(deps.store.read, registry, given);
    if (!deps.limiter.suggests(act, now)) return [];
    const known = asMember(await identify(deps.store.read, act, deps.defaults), act.who);
    const { action, given: others } = await resolve(registry, deps.store.read, act);
    const ctx = new ReadActContext(registry, act, known, deps.store.read, now);
    const kind = action.options[option]?.kind;
    if (!kind || !mayRun(ctx.roles, action)) return [];
    if (kind.suggest) return (await kind.suggest(typed, ctx, others)).slice(0, MAX);
    const wanted = fold(cleanLine(typed));
    return (kind.choices?.values ?? [])
      .map(value => ({ value, label: kind.choices!.label(ctx.m, value) }))
      .filter(({ value, label }) => fold(label).includes(wanted) || value.includes(wanted))
      .slice(0, MAX);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}
