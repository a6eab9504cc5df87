import { z } from 'zod';
import { numberIn } from '../domain/codes.ts';
import type { Member } from '../domain/people.ts';
import type { Source } from '../domain/source.ts';
import { cleanLine } from '../language/clean.ts';
import type { Messages } from '../language/messages.ts';
import { t } from '../language/text.ts';
import { fold } from '../storage/words.ts';
import type { FileRef } from './act.ts';
import type { ReadContext } from './context.ts';
import { type Channel, invalid, type Kind, typedOf } from './kinds.ts';
import { Refusal } from './refusal.ts';

/** Where a piece of evidence is: the address of a file, or what was typed. */
export const whereIs = (given: FileRef | string): string => (typeof given === 'string' ? given : given.url);

/** Evidence: a file that was handed in, or a link or a few words that say where it is. */
export const evidence = (): Kind<FileRef | string> => ({
  input: 'file',
  allowed: z.union([z.string().min(1).max(500), z.custom<FileRef>(value => typeof value === 'object')]),
  print: whereIs,
  accepts: m => m.core.acceptsEvidence,
  async read(raw, r) {
    if ('file' in raw) return raw.file;
    const typed = cleanLine(typedOf(raw));
    if (!typed || typed.length > 500) throw invalid(this, raw, r);
    return typed;
  },
});

/** A person of the forum. On the console a name not seen before makes that member. */
export const member = (): Kind<Member> => ({
  input: 'member',
  allowed: z.custom<Member>(value => typeof value === 'object'),
  print: value => String(value.number),
  accepts: m => m.core.acceptsMember,
  async read(raw, r) {
    const typed = cleanLine(typedOf(raw));
    const known = 'typed' in raw && /^\d{1,9}$/.test(typed) ? await r.ctx.memberByNumber(Number(typed)) : null;
    const identity = 'account' in raw ? raw.account : typed ? r.memberOf(typed) : null;
    const found = (known?.forgottenAt ? null : known) ?? (identity && (await r.member(identity)));
    if (!found) throw invalid(this, raw, r);
    return found;
  },
  suggest: (typed, ctx) => ctx.suggestMembers(typed),
});

/** A channel of the place where the act comes from. */
export const channel = (): Kind<Channel> => ({
  input: 'channel',
  allowed: z.custom<Channel>(value => typeof value === 'object'),
  print: value => value.id,
  accepts: m => m.core.acceptsChannel,
  async read(raw, r) {
    if ('channel' in raw) return raw.channel;
    const found = r.channelOf(cleanLine(typedOf(raw)));
    if (!found) throw invalid(this, raw, r);
    return found;
  },
});

/**
 * Something that has a code in this forum: named by its code, or by enough of its name. What the person may not
 * see is not found, exactly as what is not there.
 */
export const entity = <Row>(source: Source<Row>): Kind<Row> => ({
  input: 'entity',
  allowed: z.custom<Row>(value => typeof value === 'object'),
  print: value => source.code(value),
  accepts: m => m.core.acceptsEntity({ thing: m.things[source.thing], example: `${source.prefix}-1` }),
  async read(raw, r) {
    const typed = cleanLine(typedOf(raw));
    const thing = (m: Messages) => m.things[source.thing];
    const number = numberIn(source.prefix, typed);
    const byCode = number === null ? null : await source.byNumber(r.ctx, number);
    if (byCode) return byCode;
    const found = typed ? await source.named(r.ctx, typed, 6) : [];
    const exact = found.filter(row => fold(source.label(row)) === fold(typed));
    const candidates = exact.length === 1 ? exact : found;
    if (candidates.length > 1) {
      const names = candidates.slice(0, 5).map(row => t`${source.code(row)} ${source.label(row)}`);
      throw new Refusal('ambiguous', m => m.core.ambiguous({ thing: thing(m), typed, candidates: names }));
    }
    if (!candidates[0]) throw new Refusal('not_found', m => m.core.notFound({ thing: thing(m), typed }));
    return candidates[0];
  },
  async suggest(typed, ctx) {
    const code = /^[a-z]-?(\d{1,9})$/i.exec(typed.trim());
    const byCode = code ? await source.byNumber(ctx, Number(code[1])) : null;
    const named = await source.named(ctx, cleanLine(typed), 25);
    const rows = byCode ? [byCode, ...named.filter(row => source.code(row) !== source.code(byCode))] : named;
    return rows
      .slice(0, 25)
      .map(row => ({ value: source.code(row), label: `${source.code(row)} ${source.label(row)}` }));
  },
});

/** Several values, separated by commas. */
export const list = <T>(of: Kind<T>, { max = 20 } = {}): Kind<readonly T[]> => ({
  input: 'list',
  allowed: z.array(of.allowed).min(1).max(max) as z.ZodType<readonly T[]>,
  print: values => values.map(value => of.print(value)).join(', '),
  accepts: (m, r) => m.core.acceptsList({ one: of.accepts(m, r), max }),
  async read(raw, r) {
    const parts =
      'typed' in raw
        ? raw.typed
            .split(/[,;\n]/)
            .map(part => part.trim())
            .filter(Boolean)
        : [];
    if (!('typed' in raw)) return [await of.read(raw, r)];
    if (!parts.length || parts.length > max) throw invalid(this, raw, r);
    const values: T[] = [];
    for (const part of parts) values.push(await of.read({ typed: part }, r));
    return [...new Map(values.map(value => [of.print(value), value])).values()];
  },
  ...(of.suggest && {
    suggest: (typed: string, ctx: ReadContext) =>
      of.suggest?.(typed.split(',').at(-1) ?? '', ctx) ?? Promise.resolve([]),
  }),
});
