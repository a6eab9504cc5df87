import type { WriteContext } from '../../src/bot/act-context.ts';
import { main, mutation, optional } from '../../src/bot/command.ts';
import { choice, flag, instant, line, paragraph, whole } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { note, type View } from '../../src/contract/view.ts';
import { planPoll } from '../../src/domain/polls/closing.ts';
import { addPoll, optionsOf, type Poll, type PollRule } from '../../src/domain/polls/store.ts';
import { SCOTTISH_DECIMALS } from '../../src/domain/polls/stv.ts';
import { CHECK_OPTIONS } from '../../src/domain/polls/tally.ts';
import { TIE_RULES } from '../../src/domain/polls/ties.ts';
import { countElectors, electorateNow, freezeElectorate } from '../../src/domain/strategies/electorate.ts';
import { belowFloors, type Floors, floorsOf } from '../../src/domain/strategies/floors.ts';
import type { Messages } from '../../src/language/messages.ts';
import { BASIS_WORDS, METHOD_WORDS, POLL_WORDS, RESULT_WORDS, TIE_WORDS } from '../../src/language/synonyms.ts';
import { POLL_KINDS, POLL_RESULTS } from '../../src/storage/schema/polls.ts';
import { pollCard } from '../../src/views/poll.ts';
import { floorText } from '../../src/views/rules.ts';
import { quorum } from '../strategy/kinds.ts';
import { changed, code, pollTopic, WEEK_MS } from './common.ts';
import { checkOptions, type NewOption, readOptions, TEXT_ALONE } from './options.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Minimum number of seats from which exact fractions grow too long: they are cut as in Scotland. */
const EXACT_SEATS = 6;

const METHODS = ['irv', 'borda', 'pairs', 'approval', 'stv'] as const;
type Method = (typeof METHODS)[number];
type Kind = PollRule['kind'];

/** The methods that a kind may be counted by; the first is meant where none is named. */
const METHODS_OF: Readonly<Partial<Record<Kind, readonly [Method, ...Method[]]>>> = {
  ranking: ['irv', 'borda', 'pairs'],
  election: ['stv', 'approval'],
};

/** Counting methods of the other kinds. */
const COUNTED_AS: Readonly<Record<Exclude<Kind, 'ranking' | 'election'>, PollRule['method']>> = {
  single: 'plurality',
  check: 'plurality',
  multiple: 'approval',
  date: 'date',
  points: 'points',
};

interface Given {
  readonly kind?: Kind | undefined;
  readonly method?: Method | undefined;
  readonly seats?: number | undefined;
  readonly points?: number | undefined;
  readonly max?: number | undefined;
  readonly adding?: Date | undefined;
  readonly shuffle?: boolean | undefined;
  readonly basis?: PollRule['basis'] | undefined;
  readonly secret?: boolean | undefined;
  readonly results?: PollRule['results'] | undefined;
  readonly quorum?: NonNullable<PollRule['quorum']> | undefined;
  readonly binding?: boolean | undefined;
  readonly tie?: PollRule['tie'] | undefined;
  readonly cut?: boolean | undefined;
}

const wrong = (option: string, say: (m: Messages) => string) => new Refusal('invalid_option', say, { option });

/** Refuses an option that means nothing for the kind of poll. */
function checkOnlyFor(kind: Kind, o: Given): void {
  const only: readonly (readonly [option: 'method' | 'seats' | 'points' | 'max' | 'cut', kinds: readonly Kind[]])[] = [
    ['method', ['ranking', 'election']],
    ['seats', ['election']],
    ['points', ['points']],
    ['max', ['multiple', 'ranking', 'election']],
    ['cut', ['election']],
  ];
  for (const [option, kinds] of only)
    if (o[option] !== undefined && !kinds.includes(kind))
      throw wrong(option, m =>
        m.poll.no.onlyFor({
          option: m.poll.command.create.options[option].name,
          kinds: kinds.map(one => m.poll.kinds[one]).join(', '),
        }),
      );
}

function methodOf(kind: Kind, method: Method | undefined): PollRule['method'] {
  if (kind !== 'ranking' && kind !== 'election') return COUNTED_AS[kind];
  const known = METHODS_OF[kind]!;
  if (method && !known.includes(method))
    throw wrong('method', m => m.poll.no.methodFor({ method: m.poll.methods[method], kind: m.poll.kinds[kind] }));
  return method ?? known[0];
}

/** The rule of a poll, from what was given; everything else is the kind's own. */
function ruleOf(o: Given, nOptions: number, floors: Floors): PollRule {
  const kind = o.kind ?? 'single';
  checkOnlyFor(kind, o);
  const method = methodOf(kind, o.method);
  // People are elected by secret ballot, unless it is said otherwise.
  const secret = o.secret ?? kind === 'election';
  if (secret && o.results && o.results !== 'closed') throw wrong('results', m => m.poll.no.secretResults);
  if (kind === 'points' && o.points === undefined) throw wrong('points', m => m.poll.no.needsPoints);
  if (kind === 'check' && o.binding) throw wrong('binding', m => m.poll.no.checkBinding);
  const seats = o.seats ?? 1;
  if (kind === 'election' && seats >= nOptions && nOptions > 1) throw wrong('seats', m => m.poll.no.seats);
  const isCut = method === 'stv' && (o.cut ?? seats >= EXACT_SEATS);
  return {
    version: 1,
    kind,
    method,
    basis: o.basis ?? (o.binding ? floors.basis : 'member'),
    secret,
    results: secret ? 'closed' : (o.results ?? 'live'),
    seats,
    max: o.max ?? null,
    points: o.points ?? null,
    adding: o.adding?.toISOString() ?? null,
    shuffle: o.shuffle ?? false,
    quorum: o.quorum ?? (o.binding ? floors.quorum : null),
    binding: o.binding ?? false,
    tie: o.tie ?? 'none',
    decimals: isCut ? SCOTTISH_DECIMALS : null,
  };
}

/** Refuses a result that binds the forum by less than a decision of it takes; advice is free. */
async function keepFloors(ctx: WriteContext, rule: PollRule, floors: Floors, openMs: number): Promise<void> {
  if (!rule.binding) return;
  const { units } = await electorateNow(ctx.db, ctx.forumId, rule.basis);
  const asked = { basis: rule.basis, quorum: rule.quorum ?? floors.quorum, threshold: floors.threshold };
  const below = belowFloors(asked, floors, { electorate: units.length, openMs });
  if (!below) return;
  throw new Refusal('forbidden', m => m.poll.no.belowFloor({ floor: floorText(m, ctx.locale, floors)[below] }), {
    option: below === 'shortestMs' ? 'closes' : below,
  });
}

/** Reads when the poll closes; a quick check lasts an hour to a week. */
function closingOf(ctx: WriteContext, kind: Kind, closes: Date | undefined, usualMs: number): Date {
  const isCheck = kind === 'check';
  const closesAt = closes ?? new Date(ctx.now.getTime() + (isCheck ? DAY_MS : usualMs));
  const openMs = closesAt.getTime() - ctx.now.getTime();
  if (openMs <= 0) throw wrong('closes', m => m.poll.no.soon);
  if (isCheck && (openMs < HOUR_MS || openMs > WEEK_MS)) throw wrong('closes', m => m.poll.no.checkTime);
  return closesAt;
}

export const create = mutation({
  id: 'jc',
  name: 'create',
  words: m => m.poll.command.create,
  who: 'member',
  options: {
    title: main(line({ max: 200 })),
    options: optional(paragraph()),
    kind: optional(choice(POLL_KINDS, m => m.poll.kinds, POLL_WORDS)),
    method: optional(choice(METHODS, m => m.poll.methods, METHOD_WORDS)),
    seats: optional(whole({ min: 1, max: 49 })),
    points: optional(whole({ min: 1, max: 1_000 })),
    max: optional(whole({ min: 1, max: 50 })),
    adding: optional(instant()),
    shuffle: optional(flag()),
    basis: optional(choice(['partner', 'member'], m => m.poll.bases, BASIS_WORDS)),
    secret: optional(flag()),
    results: optional(choice(POLL_RESULTS, m => m.poll.results, RESULT_WORDS)),
    closes: optional(instant()),
    quorum: optional(quorum()),
    binding: optional(flag()),
    tie: optional(choice(TIE_RULES, m => m.poll.ties, TIE_WORDS)),
    cut: optional(flag()),
  },
  async run(ctx, o): Promise<View> {
    const kind = o.kind ?? 'single';
    const floors = floorsOf(ctx.forum.settings);
    const usualMs = o.binding ? Math.max(WEEK_MS, floors.shortestMs) : WEEK_MS;
    const closesAt = closingOf(ctx, kind, o.closes, usualMs);
    if (o.adding && o.adding <= ctx.now) throw wrong('adding', m => m.poll.no.soon);
    if (o.adding && o.adding > closesAt) throw wrong('adding', m => m.poll.no.afterClose);
    const more = (['options', 'adding'] as const).find(option => o[option] !== undefined);
    if (kind === 'check' && more) throw wrong(more, m => m.poll.no.checkOptions);
    const options: NewOption[] =
      kind === 'check'
        ? CHECK_OPTIONS.map(text => ({ ...TEXT_ALONE, text }))
        : await readOptions(ctx, o.options ?? '', kind, 'options');
    // Fewer options may stand at the beginning where members add some, or one person alone may stand.
    checkOptions(options, o.adding ? 0 : kind === 'election' ? 1 : 2);
    const rule = ruleOf(o, o.adding ? 50 : options.length, floors);
    await keepFloors(ctx, rule, floors, closesAt.getTime() - ctx.now.getTime());
    const data = {
      title: o.title,
      rule,
      createdBy: ctx.actor.member,
      closesAt,
      seed: `${ctx.newId()}${ctx.newId()}`,
      options,
    };
    const poll = await addPoll(ctx.tx, ctx.forumId, data, ctx.now);
    const leftOut = await freezeElectorate(ctx.tx, poll);
    if (!(await countElectors(ctx.db, poll))) throw new Refusal('conflict', m => m.poll.no.nobody);
    await changed(ctx, poll, 'created', { rule });
    await ctx.plan(...planPoll(poll));
    await ctx.post(pollTopic(poll), { purpose: 'announce' });
    await askCandidates(ctx, poll);
    const card = await pollCard(ctx, poll, ctx.m.poll.created({ code: code(poll) }));
    const names = leftOut.join(', ');
    return names ? { ...card, blocks: [...card.blocks, note(ctx.m.strategy.leftOut({ names }))] } : card;
  },
});

/** Asks those who were put forward whether they stand; nobody can be voted for before. */
export async function askCandidates(ctx: WriteContext, poll: Poll, from = 1): Promise<void> {
  for (const { option, state, candidate } of await optionsOf(ctx.db, poll))
    if (option >= from && state === 'asked' && candidate !== null)
      await ctx.post({ kind: 'poll_candidate', subject: `${poll.number}:${option}` }, { member: candidate });
}
