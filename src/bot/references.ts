import * as z from 'zod';
import type { Role } from '../contract/act.ts';
import { Refusal } from '../contract/refusal.ts';
import { codeIn, numberIn } from '../domain/codes.ts';
import type { KeptFile } from '../domain/files/store.ts';
import { type Member, membersNamed } from '../domain/people.ts';
import { calledSo, type Reach, type Source } from '../domain/source.ts';
import { cleanLine, partsOfList } from '../language/clean.ts';
import type { Messages } from '../language/messages.ts';
import { t } from '../language/text.ts';
import { sameName } from '../storage/words.ts';
import type { ReadContext } from './act-context.ts';
import { keptFiles } from './hand-in.ts';
import { type Channel, invalid, type Kind, reads, typedOf } from './kinds.ts';

/** Describes what is given as evidence: files that are kept, or a link or a few words that say where it is. */
export type Proof = readonly KeptFile[] | string;

/** Maximum number of files of one act: Slack's form takes no more. */
const MAXIMUM_FILES = 10;

/** Evidence: files that were handed in, or a link or a few words that say where it is. */
export const evidence = ({ files = MAXIMUM_FILES } = {}): Kind<Proof> => ({
  input: 'file',
  files,
  allowed: () => z.union([z.string().min(1).max(500), z.custom<readonly KeptFile[]>(Array.isArray)]),
  print: value => (typeof value === 'string' ? value : value.map(one => one.name).join(', ')),
  accepts: m => m.core.acceptsEvidence,
  async read(raw, r) {
    if ('file' in raw) {
      const kept = keptFiles(raw);
      if (!kept.length) throw invalid(this, raw, r);
      return kept.slice(0, files);
    }
    const typed = cleanLine(typedOf(raw));
    if (!typed || typed.length > 500) throw invalid(this, raw, r);
    return typed;
  },
});

/** A table: one file that was handed in. */
export const tableFile = (): Kind<KeptFile> => ({
  input: 'file',
  files: 1,
  onlyFile: true,
  allowed: () => z.custom<KeptFile>(value => typeof value === 'object'),
  print: value => value.name,
  accepts: m => m.imports.acceptsTable,
  async read(raw, r) {
    const kept = 'file' in raw ? keptFiles(raw)[0] : undefined;
    if (!kept) throw invalid(this, raw, r);
    return kept;
  },
});

/** Maximum number of members who are looked through for one of a name. */
const NAMED = 50;

/** The one member of a name, on whatever platform. @throws Refusal `ambiguous` where several are called so. */
async function calledBy(name: string, { db, forumId }: ReadContext): Promise<Member | null> {
  const called = (await membersNamed(db, forumId, name, NAMED)).filter(one => sameName(one.name, name));
  const [only, ...others] = called;
  if (!only || !others.length) return only ?? null;
  const candidates = called.slice(0, CANDIDATES).map(one => ({
    value: String(one.number),
    label: `${one.name} (${one.number})`,
  }));
  const names = candidates.map(one => t`${one.label}`);
  throw new Refusal('ambiguous', m => m.core.severalCalled({ name, candidates: names }), { candidates });
}

/** A person of the forum. On the console a name not seen before makes that member. */
export const member = (): Kind<Member> => ({
  input: 'member',
  allowed: () => z.custom<Member>(value => typeof value === 'object'),
  print: value => String(value.number),
  accepts: m => m.core.acceptsMember,
  async read(raw, r) {
    const typed = cleanLine(typedOf(raw));
    const known = 'typed' in raw && /^\d{1,9}$/.test(typed) ? await r.ctx.memberByNumber(Number(typed)) : null;
    const identity = 'account' in raw ? raw.account : typed ? r.memberOf(typed) : null;
    const found = (known?.forgottenAt ? null : known) ?? (identity && (await r.member(identity)));
    if (found) return found;
    const named = typed ? await calledBy(typed.replace(/^@/, ''), r.ctx) : null;
    if (!named) throw invalid(this, raw, r);
    return named;
  },
  async knows(typed, r) {
    return !/^\d+$/.test(typed) && reads(this, typed, r);
  },
  suggest: (typed, ctx) => ctx.suggestMembers(typed),
});

/** A channel of the place where the act comes from. */
export const channel = (): Kind<Channel> => ({
  input: 'channel',
  allowed: () => z.custom<Channel>(value => typeof value === 'object'),
  print: value => value.id,
  accepts: m => m.core.acceptsChannel,
  async read(raw, r) {
    if ('channel' in raw) return raw.channel;
    const found = r.channelOf(cleanLine(typedOf(raw)));
    if (!found) throw invalid(this, raw, r);
    return found;
  },
});

/** A role of the place, as its platform knows one; in a terminal a name. */
export const role = (): Kind<Role> => ({
  input: 'role',
  allowed: () => z.custom<Role>(value => typeof value === 'object'),
  print: value => value.name,
  accepts: m => m.core.acceptsRole,
  async read(raw, r) {
    if ('role' in raw) {
      // The role of a server's own id is everybody's.
      if (raw.role.id === r.ctx.place.workspace) throw invalid(this, raw, r);
      return raw.role;
    }
    const name = cleanLine(typedOf(raw)).replace(/^@/, '');
    // Elsewhere a name alone cannot be mentioned; and what notifies everybody is no role.
    if (r.ctx.place.platform !== 'console' || name === '' || /^(everyone|here|channel)$/i.test(name))
      throw invalid(this, raw, r);
    return { id: name, name };
  },
});

/** Maximum number of candidates that are offered. */
const CANDIDATES = 5;

/** A code with the name behind it, as lists and menus show a thing. */
const CODE_AND_NAME = /^(\S+)\s+(\S.*)$/;

/** The thing that a code and its name behind it mean, as they stand together wherever something is offered. */
async function asShown<Row>(source: Source<Row>, reach: Reach, typed: string): Promise<Row | null> {
  const [, code = '', name = ''] = CODE_AND_NAME.exec(typed) ?? [];
  const number = numberIn(source.prefix, code);
  const row = number === null ? null : await source.byNumber(reach, number);
  return row && sameName(source.label(row), name) ? row : null;
}

/** Maximum number of things of which those are sought that the mutation can act on. */
const LOOKED_THROUGH = 200;

interface Offers<Row> {
  /** Tells whether the mutation can act on it: only such things are offered while somebody types; any may be named. */
  readonly offers?: (row: Row) => boolean;
}

/**
 * Reads a thing that has a code in this forum. What has the form of a code is that thing or nothing. A query also takes
 * the one thing that has the typed words in its name; a mutation takes a whole name, and asks back otherwise. What the
 * person may not see is not found, exactly as what is not there.
 */
export const entity = <Row>(source: Source<Row>, { offers }: Offers<Row> = {}): Kind<Row> => ({
  input: 'entity',
  letter: source.prefix,
  allowed: () => z.custom<Row>(value => typeof value === 'object'),
  print: value => source.code(value),
  accepts: m => m.core.acceptsEntity({ thing: m.things[source.thing], example: `${source.prefix}-1` }),
  async read(raw, r) {
    const typed = cleanLine(typedOf(raw));
    const thing = (m: Messages) => m.things[source.thing];
    const absent = () => new Refusal('not_found', m => m.core.notFound({ thing: thing(m), typed }));
    const code = codeIn(typed, source.prefix);
    const byCode = code?.letter === source.prefix ? await source.byNumber(r.ctx, code.number) : null;
    if (code?.hyphen) {
      if (byCode) return byCode;
      throw absent();
    }
    const called = typed ? await calledSo(source, r.ctx, typed) : [];
    if (called.length === 1) return called[0]!;
    const found = byCode ?? (await asShown(source, r.ctx, typed));
    if (found) return found;
    if (code) throw absent();
    const near = called.length || !typed ? called : await source.named(r.ctx, typed, CANDIDATES + 1);
    if (near.length === 1 && !r.writes) return near[0]!;
    if (!near.length) throw absent();
    const offered = near.slice(0, CANDIDATES).map(row => ({ code: source.code(row), name: source.label(row) }));
    const names = offered.map(one => t`${one.code} ${one.name}`);
    const candidates = offered.map(one => ({ value: one.code, label: `${one.code} ${one.name}` }));
    throw new Refusal('ambiguous', m => m.core.ambiguous({ thing: thing(m), typed, candidates: names }), {
      candidates,
    });
  },
  /** A code means only one thing; of names, those of partners are short and known to everybody. */
  async knows(typed, r) {
    return numberIn(source.prefix, typed) !== null || source.thing === 'partner' ? reads(this, typed, r) : false;
  },
  async suggest(typed, ctx) {
    const number = numberIn(source.prefix, typed);
    const byCode = number === null ? null : await source.byNumber(ctx, number);
    // Typing `K-7` means a number, so names are not looked through for a seven.
    const isMeant = byCode !== null && codeIn(typed, source.prefix)?.hyphen;
    const found = isMeant ? [] : await source.named(ctx, cleanLine(typed), offers ? LOOKED_THROUGH : 25);
    const named = offers ? found.filter(offers) : found;
    const rows = byCode ? [byCode, ...named.filter(row => source.code(row) !== source.code(byCode))] : named;
    return rows
      .slice(0, 25)
      .map(row => ({ value: source.code(row), label: `${source.code(row)} ${source.label(row)}` }));
  },
});

/** A candidate stands for one value of a list, and would be taken for all of it: it is named, and not offered. */
function inList(error: unknown): never {
  throw error instanceof Refusal ? new Refusal(error.code, error.say) : error;
}

/** Several values, separated by commas. */
export const list = <T>(of: Kind<T>, { max = 20 } = {}): Kind<readonly T[]> => ({
  input: 'list',
  many: { input: of.input, max },
  allowed: () => z.array(of.allowed()).min(1).max(max) as z.ZodType<readonly T[]>,
  print: values => values.map(value => of.print(value)).join(', '),
  accepts: (m, r) => m.core.acceptsList({ one: of.accepts(m, r), max }),
  async read(raw, r) {
    const parts = 'typed' in raw ? partsOfList(raw.typed) : [];
    if ('account' in raw) {
      const chosen: T[] = [];
      for (const account of [raw.account, ...(raw.also ?? [])]) chosen.push(await of.read({ account }, r));
      return chosen;
    }
    if (!('typed' in raw)) return [await of.read(raw, r)];
    if (!parts.length || parts.length > max) throw invalid(this, raw, r);
    const values: T[] = [];
    for (const part of parts) values.push(await of.read({ typed: part }, r).catch(inList));
    return [...new Map(values.map(value => [of.print(value), value])).values()];
  },
  ...(of.suggest && {
    suggest: (typed: string, ctx: ReadContext) =>
      of.suggest?.(typed.split(',').at(-1) ?? '', ctx) ?? Promise.resolve([]),
  }),
});
