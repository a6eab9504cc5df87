import type { ReadContext } from '../src/bot/act-context.ts';
import { type ActionWords, main, query, required } from '../src/bot/command.ts';
import { entity } from '../src/bot/references.ts';
import { button } from '../src/contract/buttons.ts';
import { Refusal } from '../src/contract/refusal.ts';
import { text, type View, view } from '../src/contract/view.ts';
import { codeOf } from '../src/domain/codes.ts';
import { type Deletable, usedAmong } from '../src/domain/imports/uses.ts';
import type { Source } from '../src/domain/source.ts';
import type { Messages } from '../src/language/messages.ts';
import type { Text } from '../src/language/text.ts';

/**
 * Describes a question whether what was entered just now stands already: how it is asked, and what each answer does.
 */
interface Asked {
  readonly said: Text;
  readonly same: { readonly action: string; readonly values: Readonly<Record<string, string>> };
  readonly other: { readonly action: string; readonly values: Readonly<Record<string, string>> };
}

/** Asks, above the card of what was entered just now, whether it is one that stands already. */
export function askIfSame(m: Messages, card: View, { said, same, other }: Asked): View {
  const asked = [
    button(m, 'isSame', same.action, same.values, 'primary'),
    button(m, 'isAnother', other.action, other.values),
  ];
  return { ...card, blocks: [text(said), ...card.blocks], controls: [asked, ...card.controls] };
}

/** The card of a new thing, with the question where another one is called nearly so. */
export function withSameName<T>(
  m: Messages,
  card: View,
  source: Source<T>,
  { own, twin, same, other }: { own: T; twin: T | undefined; same: string; other: string },
): View {
  if (!twin) return card;
  const [thing, of] = [source.code(own), source.code(twin)];
  const said = m.doubles.maybeSame({ code: of, name: source.label(twin) });
  return askIfSame(m, card, {
    said,
    same: { action: same, values: { thing, of } },
    other: { action: other, values: { thing } },
  });
}

/** The options of an answer that two things are the same: the one that goes and the one that stays. */
export const twoOf = <T>(source: Source<T>) => ({ thing: main(entity(source)), of: required(entity(source)) });

/** Defines the answer that a new thing is another one: both stay. */
export const anotherOne = <T>(id: string, words: (m: Messages) => ActionWords<'thing'>, source: Source<T>) =>
  query({
    id,
    name: 'other',
    words,
    who: 'member',
    hidden: true,
    options: { thing: main(entity(source)) },
    run: async (ctx, { thing }) => view(ctx.m.doubles.bothStay({ code: source.code(thing) }), { tone: 'good' }),
  });

/** Refuses to put aside a thing as a double of itself. @throws Refusal `conflict`. */
export function refuseItself<T extends { readonly number: number }>(gone: T, kept: T): void {
  if (gone.number === kept.number) throw new Refusal('conflict', m => m.doubles.itself, { option: 'of' });
}

/**
 * Refuses to put aside what is used already, since what refers to it would stand alone.
 * @throws Refusal `conflict`, also where the two are one.
 */
export async function refuseUsed<T extends { readonly number: number }>(
  ctx: ReadContext,
  thing: Exclude<Deletable, 'framework'>,
  gone: T,
  kept: T,
): Promise<void> {
  refuseItself(gone, kept);
  const used = await usedAmong(ctx.db, ctx.forumId, thing, [gone.number]);
  if (used.size) throw new Refusal('conflict', m => m.doubles.isUsed({ code: codeOf(thing, gone.number) }));
}

/** Fields that the one that stays takes over of the other, since nobody had filled them. */
export function filledFrom<T extends object, K extends keyof T>(kept: T, gone: T, fields: readonly K[]): Pick<T, K> {
  const blank = fields.filter(field => (kept[field] ?? null) === null && (gone[field] ?? null) !== null);
  return Object.fromEntries(blank.map(field => [field, gone[field]])) as Pick<T, K>;
}
