import type { ReadContext } from '../../src/bot/act-context.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { instantAt } from '../../src/domain/calendar.ts';
import { membersNamed } from '../../src/domain/people.ts';
import { isSameOption } from '../../src/domain/polls/choices.ts';
import { MAXIMUM_OPTIONS, type PollOption, type PollRule } from '../../src/domain/polls/store.ts';
import { cleanLine } from '../../src/language/clean.ts';
import { readDate, readInstant } from '../../src/language/dates.ts';
import { sameName } from '../../src/storage/words.ts';

/** Maximum length of an option, characters: both platforms show that much of a choice in a menu. */
const LONGEST_TEXT = 100;
const LONGEST_DETAIL = 200;
const LONGEST_LINK = 300;
/** Maximum number of members among whom one is looked for by name. */
const LOOKED = 20;

export type NewOption = Pick<PollOption, 'text' | 'detail' | 'link' | 'date' | 'at' | 'candidate'>;

/** An option that is a text alone. */
export const TEXT_ALONE = { detail: null, link: null, date: null, at: null, candidate: null } as const;

/** Reads options as they are typed: parted by semicolons or lines, details and a link behind bars. */
export async function readOptions(
  ctx: ReadContext,
  typed: string,
  kind: PollRule['kind'],
  option: 'options' | 'option',
): Promise<NewOption[]> {
  const pieces = typed.split(/[;\n]/).map(cleanLine).filter(Boolean);
  const found: NewOption[] = [];
  for (const piece of pieces) found.push(await readOption(ctx, piece, kind, option));
  return found;
}

async function readOption(
  ctx: ReadContext,
  piece: string,
  kind: PollRule['kind'],
  option: 'options' | 'option',
): Promise<NewOption> {
  const [text = '', ...more] = piece.split('|').map(part => part.trim());
  const link = more.find(part => /^https?:\/\/\S+$/i.test(part)) ?? null;
  const detail = more.filter(part => part && part !== link).join(' | ') || null;
  const isLong =
    text.length > LONGEST_TEXT || (detail?.length ?? 0) > LONGEST_DETAIL || (link?.length ?? 0) > LONGEST_LINK;
  if (!text || isLong) throw new Refusal('invalid_option', m => m.poll.no.optionLong, { option });
  const said = { ...TEXT_ALONE, text, detail, link };
  if (kind === 'date') return { ...said, ...readSlot(ctx, text, option) };
  return kind === 'election' ? { ...said, candidate: await memberCalled(ctx, text) } : said;
}

/** A day, or an instant on it where a time was typed; none that has passed. */
function readSlot(ctx: ReadContext, typed: string, option: string): Pick<NewOption, 'date' | 'at'> {
  const day = readDate(typed, ctx);
  const at = day ? null : readInstant(typed, { now: ctx.now, zone: ctx.zone, defaultTime: '08:00' });
  if (!day && !at) throw new Refusal('invalid_option', m => m.poll.no.date({ typed }), { option });
  const end = at ?? instantAt(day!, '23:59', ctx.zone);
  if (end < ctx.now) throw new Refusal('invalid_option', m => m.poll.no.pastDate({ typed }), { option });
  return { date: day, at };
}

/** The one member who is called so; null: nobody, or several, and the candidate is a name alone. */
async function memberCalled(ctx: ReadContext, typed: string): Promise<number | null> {
  const near = await membersNamed(ctx.db, ctx.forumId, typed, LOOKED);
  const called = near.filter(member => sameName(member.name, typed));
  return called.length === 1 ? called[0]!.number : null;
}

/** Refuses options that are too few, too many, or the same twice. */
export function checkOptions(options: readonly Pick<NewOption, 'text' | 'at' | 'date'>[], least: number): void {
  const wrong = (say: ConstructorParameters<typeof Refusal>[1]) =>
    new Refusal('invalid_option', say, { option: 'options' });
  if (options.length < least || options.length > MAXIMUM_OPTIONS) throw wrong(m => m.poll.no.options);
  const same = (a: (typeof options)[number], b: (typeof options)[number]): boolean =>
    a.at || b.at ? a.at?.getTime() === b.at?.getTime() : a.date ? a.date === b.date : isSameOption(a.text, b.text);
  const twice = options.find((one, i) => options.slice(0, i).some(other => same(one, other)));
  if (twice) throw wrong(m => m.poll.no.optionTwice({ option: twice.text }));
}
