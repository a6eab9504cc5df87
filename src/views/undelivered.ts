import { button } from '../contract/buttons.ts';
import { PLATFORM_NAMES } from '../contract/platform-names.ts';
import type { PostType } from '../contract/post-type.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, type Control, list, note, text, type View, view } from '../contract/view.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { failures, toldUntil } from '../delivery/failures.ts';
import { codeOf } from '../domain/codes.ts';
import { memberByNumber } from '../domain/people.ts';
import type { Thing } from '../domain/thing.ts';
import type { Messages } from '../language/messages.ts';
import type { Text } from '../language/text.ts';

/** Maximum number of places and causes that are listed. */
const PLACES = 12;
/** Maximum number of messages that are named of each. */
const NAMED = 6;

type Letter = keyof Messages['core']['letters'];

/** Names of topics, and the thing whose number begins the subject. What few may see is not named by its code. */
const LETTERS: readonly (readonly [RegExp, Letter, Thing | null])[] = [
  [/^reports?_/, 'report', null],
  [/^(ballot|outcome|vote_|objection|decision_)/, 'vote', 'strategy'],
  [/^issue_private$/, 'issue', null],
  [/^issue/, 'issue', 'issue'],
  [/^activity/, 'activity', 'activity'],
  [/^agreement|^commitment/, 'agreement', 'agreement'],
  [/^private_action|^action/, 'action', null],
  [/^entry$/, 'money', 'entry'],
  [/^goal/, 'goal', 'goal'],
  [/^digest/, 'digest', null],
  [/^announcement|^alert_offer/, 'announcement', null],
];

/** Returns what a message was about, without its words: `vote S-3`. */
export function letterOf(
  { core }: Pick<Messages, 'core'>,
  { topic, subject }: Pick<Delivery, 'topic' | 'subject'>,
): string {
  const [, letter, thing] = LETTERS.find(([kind]) => kind.test(topic)) ?? [null, 'other' as const, null];
  const number = Number.parseInt(subject, 10);
  return `${core.letters[letter]}${thing && number > 0 ? ` ${codeOf(thing, number)}` : ''}`;
}

/** Says in people's words for which reason a message could not be delivered. */
export function causeOf(
  { core }: Pick<Messages, 'core'>,
  { reason, channel }: Pick<Delivery, 'reason' | 'channel'>,
): string {
  const w = core.causes;
  const kind = /^(gone|forbidden|invalid)\b/.exec(reason ?? '')?.[1];
  if (kind === 'invalid') return w.invalid;
  if (kind === 'gone') return channel === null ? w.personGone : w.channelGone;
  if (kind === 'forbidden') return channel === null ? w.personClosed : w.channelClosed;
  if (reason === 'nowhere to send it' || reason?.startsWith('refused direct')) return w.personClosed;
  return w.silent;
}

/** Returns what could not be delivered, by place and cause, without anybody's words. */
async function undeliveredLines(
  context: Pick<RenderContext, 'db' | 'forumId' | 'm'>,
  lost: readonly Delivery[],
): Promise<Text[]> {
  const { m, db, forumId } = context;
  const groups = new Map<string, { to: string; why: string; letters: Set<string>; n: number }>();
  for (const one of lost) {
    const person = one.channel === null && one.member !== null ? await memberByNumber(db, forumId, one.member) : null;
    const platform = PLATFORM_NAMES[one.platform];
    const to =
      one.channel === null ? (person?.name ?? m.core.somebody) : `#${one.channelName ?? one.channel} (${platform})`;
    const why = causeOf(m, one);
    const key = `${to}\n${why}`;
    const group = groups.get(key) ?? { to, why, letters: new Set<string>(), n: 0 };
    group.letters.add(letterOf(m, one));
    groups.set(key, { ...group, n: group.n + 1 });
  }
  const all = [...groups.values()];
  const lines = all.slice(0, PLACES).map(({ to, why, letters, n }) => {
    const what = [...letters].slice(0, NAMED).join(', ');
    return m.core.undeliveredLine({ to, why, n, what: letters.size > NAMED ? `${what}, …` : what });
  });
  return all.length > PLACES ? [...lines, m.core.undeliveredMore({ n: all.length - PLACES })] : lines;
}

/** Returns what could not be delivered, and the button that sends it again; nothing where all arrived. */
export async function undeliveredPart(
  context: RenderContext,
): Promise<{ blocks: (Block | null)[]; controls: Control[] }> {
  const lost = await failures(context.db, context.forumId, context.now);
  if (!lost.length) return { blocks: [], controls: [] };
  return {
    blocks: [text(context.m.core.undelivered({ n: lost.length })), list(await undeliveredLines(context, lost))],
    controls: [button(context.m, 'sendAgain', 'rz')],
  };
}

/** The notice of a day: what could not be delivered since the last one. */
export const undelivered: PostType = {
  keptCurrent: false,
  tellsOfMessages: true,
  async view(context, subject): Promise<View | { suppressed: string }> {
    const since = await toldUntil(context.db, context.forumId, subject, context.now);
    const lost = await failures(context.db, context.forumId, context.now, since);
    if (!lost.length) return { suppressed: 'all was delivered meanwhile' };
    const w = context.m.core;
    return view(w.undelivered({ n: lost.length }), {
      tone: 'warning',
      blocks: [list(await undeliveredLines(context, lost)), note(w.undeliveredHint)],
      controls: [[button(context.m, 'sendAgain', 'rz')]],
    });
  },
};
