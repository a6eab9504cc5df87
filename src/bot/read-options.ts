import type { Identity } from '../contract/act.ts';
import { Refusal, together } from '../contract/refusal.ts';
import type { Member } from '../domain/people.ts';
import type { ReadActContext } from './act-contexts.ts';
import type { Action, Options, Values } from './command.ts';
import type { Wanted } from './resolve.ts';

/** Reads each option that was given, by its kind; those that cannot be read refuse the act together. */
export async function readOptions(
  action: Action,
  given: Wanted['given'],
  ctx: ReadActContext,
  member: (who: Identity) => Promise<Member | null>,
): Promise<Values<Options>> {
  const words = action.words(ctx.m);
  const values: Record<string, unknown> = {};
  const refusals: Refusal[] = [];
  for (const [key, { kind, required }] of Object.entries(action.options)) {
    const raw = given[key];
    if (!raw || ('typed' in raw && raw.typed.trim() === '' && !required)) continue;
    const { memberOf, channelOf, localFile } = ctx.act;
    const option = words.options[key]!.name;
    const reading = { ctx, option, writes: action.writes, memberOf, channelOf, localFile, member };
    values[key] = await kind.read(raw, reading).catch(error => {
      if (!(error instanceof Refusal)) throw error;
      refusals.push(error.about(key));
    });
  }
  const [first, ...also] = refusals;
  if (first) throw together(first, also);
  return values;
}
