import * as z from 'zod';
import { Refusal } from '../contract/refusal.ts';
import { type Origin, typedOrigin } from '../domain/actions/row.ts';
import { activitySource } from '../domain/activities.ts';
import { agreementSource } from '../domain/agreements/store.ts';
import { announcementByNumber } from '../domain/announcements.ts';
import { codeIn, numberIn } from '../domain/codes.ts';
import { issueSource } from '../domain/issues/store.ts';
import { type Partner, partnerSource } from '../domain/partners.ts';
import { type Member, membersNamed } from '../domain/people.ts';
import { pollSource } from '../domain/polls/store.ts';
import { calledSo, type Source } from '../domain/source.ts';
import { strategySource } from '../domain/strategies/store.ts';
import { firstOf } from '../domain/warnings/life.ts';
import { cleanLine } from '../language/clean.ts';
import { sameName } from '../storage/words.ts';
import type { KindInput } from './kind.ts';
import { invalid, type Kind, typedOf } from './kinds.ts';
import { entity, member } from './references.ts';

/** Describes who is to do something: a person, or a partner as a whole. */
export type Doer = { readonly member: Member } | { readonly partner: Partner };

/** A partner by its code or whole name, else a person of the forum. */
export const doer = (): Kind<Doer> => {
  const person = member();
  const partner = entity(partnerSource);
  return {
    input: 'entity',
    allowed: () => z.custom<Doer>(value => typeof value === 'object'),
    print: value => ('partner' in value ? partner.print(value.partner) : person.print(value.member)),
    accepts: m => m.action.acceptsWho,
    async read(raw, r) {
      if ('account' in raw) return { member: await person.read(raw, r) };
      const typed = cleanLine(typedOf(raw));
      if (numberIn(partnerSource.prefix, typed) !== null) return { partner: await partner.read(raw, r) };
      const called = typed ? await calledSo(partnerSource, r.ctx, typed) : [];
      if (called.length) return { partner: await partner.read(raw, r) };
      const named = await membersNamed(r.ctx.db, r.ctx.forumId, typed, 10);
      const [only, ...others] = named.filter(one => sameName(one.name, typed));
      if (only && !others.length) return { member: only };
      try {
        return { member: await person.read(raw, r) };
      } catch (error) {
        // Refused as a person: it is said that a partner would do as well.
        throw error instanceof Refusal && error.code === 'invalid_option' ? invalid(this, raw, r) : error;
      }
    },
    async suggest(typed, ctx) {
      const people = await ctx.suggestMembers(typed);
      const partners = (await partner.suggest?.(typed, ctx)) ?? [];
      return [...people.slice(0, 15), ...partners].slice(0, 25);
    },
  };
};

/** Kinds of things that an action can be said to come from. A talk is not among them: its steps are agreed in it. */
const SOURCES = {
  activity: activitySource,
  issue: issueSource,
  strategy: strategySource,
  poll: pollSource,
  agreement: agreementSource,
} as const;

type Spoken = keyof typeof SOURCES;

/** Describes what an action comes from, with whether only some see it. */
export interface SpokenOrigin extends Origin {
  readonly origin: Spoken | 'warning';
  readonly isPrivate: boolean;
}

/**
 * A warning has a number and no code: `warning 3`, with a hyphen on buttons. Whichever of its messages is named, what is
 * done belongs to the first one, so that an update or an end loses none of it.
 */
const WARNING = /^(?:peringatan|warning)[ -]?(\d{1,9})$/i;

async function warningNamed(number: number, { ctx }: KindInput): Promise<SpokenOrigin> {
  const found = await announcementByNumber(ctx.db, ctx.forumId, number);
  if (found?.urgency !== 'early_warning' || !found.sentAt)
    throw new Refusal('not_found', m => m.announcement.none, { option: 'from' });
  return { origin: 'warning', originNumber: (await firstOf(ctx.db, found)).number, isPrivate: false };
}

/** The thing that an action comes from, by its code. What the person may not see is not found. */
export const origin = (): Kind<SpokenOrigin> => ({
  input: 'entity',
  allowed: () => z.custom<SpokenOrigin>(value => typeof value === 'object'),
  print: ({ origin, originNumber }) => typedOrigin(origin, originNumber),
  accepts: m => m.action.acceptsFrom,
  async read(raw, r) {
    const said = cleanLine(typedOf(raw));
    const [, warning] = WARNING.exec(said) ?? [];
    if (warning) return warningNamed(Number(warning), r);
    const typed = said.split(' ')[0] ?? '';
    for (const [thing, source] of Object.entries(SOURCES) as [Spoken, Source<{ readonly number: number }>][]) {
      const code = codeIn(typed, source.prefix);
      if (code?.letter !== source.prefix) continue;
      const found = await source.byNumber(r.ctx, code.number);
      if (!found) throw new Refusal('not_found', m => m.core.notFound({ thing: m.things[thing], typed }));
      const isPrivate = 'isPrivate' in found && found.isPrivate === true;
      return { origin: thing, originNumber: found.number, isPrivate };
    }
    throw invalid(this, raw, r);
  },
  async suggest(typed, ctx) {
    const found = [];
    for (const source of Object.values(SOURCES) as Source<{ readonly number: number }>[])
      found.push(...((await entity(source).suggest?.(typed, ctx)) ?? []).slice(0, 5));
    return found.slice(0, 25);
  },
});
