import type { Clock, Ids } from '../clock.ts';
import type { Forum } from '../domain/forums.ts';
import { type Member, memberOfAccount, seeAccount } from '../domain/people.ts';
import { catalogue } from '../language/messages.ts';
import { plain } from '../language/text.ts';
import type { Log } from '../log.ts';
import type { Reader, Store } from '../storage/store.ts';
import type { Act, Answer, Bot, Identity, Refused } from './act.ts';
import { joined, left } from './arrivals.ts';
import type { Action, Command, Options, Values } from './command.ts';
import { Reading, Writing } from './contexts.ts';
import { placed } from './direct.ts';
import { keepDraft } from './drafts.ts';
import { type Form, formFor } from './forms.ts';
import { accountOf, type Defaults, identify, type Known, welcome } from './identify.ts';
import { encodeInvocation } from './invocation.ts';
import { typedOf } from './kinds.ts';
import { firstAnswer, keepAnswer } from './once.ts';
import { permit, rolesOf } from './permit.ts';
import { Refusal } from './refusal.ts';
import { createRegistry, type Registry } from './registry.ts';
import { isDraft, missing, resolve, resolveNow, resumeDraft, resumeStep, type Wanted } from './resolve.ts';
import { suggestFor } from './suggest.ts';
import { text, type View, view } from './view.ts';

export interface House {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly defaults: Defaults;
  readonly commands: readonly Command[];
}

/** The bot: what happens to one act, whoever sent it. */
export function createBot(house: House): Bot & { readonly registry: Registry } {
  const registry = createRegistry(house.commands, [catalogue.id, catalogue.en]);
  return {
    registry,
    perform: act => perform(house, registry, act),
    suggest: (act, option, typed) => suggestFor(house, registry, act, option, typed),
    joined: place => joined(house, place),
    left: place => left(house, place),
    first(act) {
      try {
        if (act.ask.kind === 'pressed' && isDraft(act.ask.invocation) && !act.ask.given) return 'form';
        if (act.ask.kind === 'chosen' && act.ask.edit) return 'form';
        const { action, given } = resolveNow(registry, act.ask);
        return missing(action, given).length ? 'form' : 'answer';
      } catch {
        return 'answer';
      }
    },
  };
}

/** One act, one named step a line. Whatever is thrown inside ends here, in the person's language. */
async function perform(house: House, registry: Registry, given: Act): Promise<Answer> {
  const now = house.clock.now();
  let act = given;
  let known: Known | null = null;
  let wanted: Wanted | null = null;
  try {
    act = await placed(house.store.read, given);
    const forum = await welcome(house.store, act, now);
    known = await identify(house.store.read, act, forum, house.defaults);
    wanted = await resolve(registry, house.store.read, act);
    const { action } = wanted;
    if (wanted.reopen) return await asking(house, act, known, wanted, now, missing(action, wanted.given));
    if (wanted.unfinished) return await goingOn(house, act, known, wanted, now);
    return { kind: 'view', view: await run(house, registry, act, forum, wanted, now) };
  } catch (error) {
    if (error instanceof MissingOptions) return await asking(house, act, known!, wanted!, now, error.options);
    if (error instanceof Refusal) return await refused(house, act, known, wanted, error, now);
    return failed(house, act, known, wanted, error);
  }
}

/** Required options are missing: not yet a refusal where a form can ask for them. */
class MissingOptions extends Error {
  readonly options: readonly string[];
  constructor(options: readonly string[]) {
    super('missing options');
    this.options = options;
  }
}

/** Runs the action: a deed in one unit of work with its answer, a query on what is committed. */
async function run(
  house: House,
  registry: Registry,
  act: Act,
  forum: Forum | null,
  { action, given }: Wanted,
  now: Date,
): Promise<View> {
  const ready = async (db: Reader): Promise<Known> => {
    const known = await identify(db, act, forum, house.defaults);
    if (!known.forum && !action.outside) throw new Refusal('not_found', m => m.core.noForum);
    permit(rolesOf(known.actor), action);
    const absent = missing(action, given);
    if (absent.length) throw new MissingOptions(absent);
    return known;
  };
  if (!action.writes) {
    const { store } = house;
    const ctx = new Reading(registry, act, await ready(store.read), store.read, now);
    return action.run(
      ctx,
      await readOptions(action, given, ctx, who => memberOfAccount(store.read, ctx.forumId, accountOf(act.place, who))),
    );
  }
  const key = forum?.id ?? `${act.place.platform}:${act.place.workspace}`;
  return house.store.write(key, async tx => {
    const before = forum && (await firstAnswer(tx, forum.id, act.key));
    if (before) return before;
    const ctx = new Writing(registry, act, await ready(tx), tx, now, () => house.ids.next());
    const answer = await action.run(ctx, await readOptions(action, given, ctx, who => ctx.member(who)));
    // Whoever asks to join a forum is in none yet.
    if (!ctx.hasForum) return answer;
    await seeAccount(tx, ctx.forumId, accountOf(act.place, act.who), now);
    if (!action.secret) await keepAnswer(tx, ctx.forumId, act.key, answer, now);
    return answer;
  });
}

/** Reads each option that was given, by its kind; the first that cannot be read refuses the act. */
async function readOptions(
  action: Action,
  given: Wanted['given'],
  ctx: Reading,
  member: (who: Identity) => Promise<Member | null>,
): Promise<Values<Options>> {
  const words = action.words(ctx.m);
  const values: Record<string, unknown> = {};
  for (const [key, option] of Object.entries(action.options)) {
    const raw = given[key];
    if (!raw || ('typed' in raw && raw.typed.trim() === '' && !option.required)) continue;
    const { memberOf, channelOf } = ctx.act;
    const reading = { ctx, option: words.options[key]!.name, memberOf, channelOf, member };
    values[key] = await option.kind.read(raw, reading).catch(error => {
      throw error instanceof Refusal ? error.about(key) : error;
    });
  }
  return values;
}

/** The answer that asks for what is missing; what is known rides along, in the form or in a kept draft. */
async function asking(
  house: House,
  act: Act,
  known: Known,
  { action, given, nextStep }: Wanted,
  now: Date,
  absent: readonly string[],
): Promise<Answer> {
  const m = catalogue[known.locale];
  const names = absent.map(key => action.words(m).options[key]!.name);
  const accepts = absent.map(key => action.options[key]!.kind.accepts(m, { ...known, now }));
  const message = m.core.missingOption({ names, accepts });
  const asked = absent.length || nextStep ? absent : Object.keys(given);
  const form = await formOf(house, act, known, { action, given }, now, asked);
  return {
    kind: 'form',
    form,
    refused: {
      kind: 'refused',
      code: 'missing_option',
      view: view(m.core.notDone, { tone: 'warning', blocks: [text(message)] }),
      option: absent[0] ?? null,
      message: plain(message),
      repair: form,
      fixLabel: m.button.fix,
    },
  };
}

/** A step of a long form was filled in: it is kept, and the next step is offered. */
async function goingOn(house: House, act: Act, known: Known, { action, given }: Wanted, now: Date): Promise<Answer> {
  const m = catalogue[known.locale];
  const id = house.ids.next();
  await keepDraft(house.store, id, act, { action: action.id, given }, now);
  const ctx = { m, locale: known.locale, zone: known.zone, now };
  const form = formFor(action, ctx, resumeStep(id), given, missing(action, given));
  const kept = plain(m.core.stepKept);
  const refused: Refused = {
    kind: 'refused',
    code: 'missing_option',
    view: view(m.core.stepTitle({ left: form.fields.length }), { blocks: [text(m.core.stepKept)] }),
    option: null,
    message: kept,
    repair: form,
    fixLabel: m.button.goOn,
  };
  return { kind: 'form', form, refused };
}

async function formOf(
  house: House,
  act: Act,
  known: Known,
  { action, given }: Pick<Wanted, 'action' | 'given'>,
  now: Date,
  wanted: readonly string[],
): Promise<Form> {
  const ctx = { m: catalogue[known.locale], locale: known.locale, zone: known.zone, now };
  return formFor(action, ctx, await resumeOf(house, act, action, given, now), given, wanted);
}

/** Short, typed values travel in the form itself; anything else is kept as a draft. */
async function resumeOf(house: House, act: Act, action: Action, given: Wanted['given'], now: Date): Promise<string> {
  if (Object.values(given).every(raw => 'typed' in raw)) {
    try {
      return encodeInvocation(action, Object.fromEntries(Object.entries(given).map(([k, raw]) => [k, typedOf(raw)])));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  const id = house.ids.next();
  await keepDraft(house.store, id, act, { action: action.id, given }, now);
  return resumeDraft(id);
}

/** A refusal, said in the person's language; what was typed is kept where there is a form to mend it in. */
async function refused(
  house: House,
  act: Act,
  known: Known | null,
  wanted: Wanted | null,
  refusal: Refusal,
  now: Date,
): Promise<Refused> {
  const m = catalogue[known?.locale ?? house.defaults.locale];
  const message = refusal.say(m);
  const { option, afterwards } = refusal;
  if (afterwards) await house.store.write(null, afterwards);
  const repairable = known && wanted && option && option in wanted.action.options;
  let repair: Form | null = null;
  if (repairable) {
    const id = house.ids.next();
    await keepDraft(house.store, id, act, { action: wanted.action.id, given: wanted.given }, now);
    const ctx = { m, locale: known.locale, zone: known.zone, now };
    repair = formFor(wanted.action, ctx, resumeDraft(id), wanted.given, [option]);
  }
  return {
    kind: 'refused',
    code: refusal.code,
    view: view(m.core.notDone, { tone: 'warning', blocks: [text(message)] }),
    option: option ?? null,
    message: plain(message),
    repair,
    fixLabel: m.button.fix,
  };
}

/** A bug: logged under a reference, without what was typed; the person is told the reference and nothing else. */
function failed(house: House, act: Act, known: Known | null, wanted: Wanted | null, error: unknown): Answer {
  const m = catalogue[known?.locale ?? house.defaults.locale];
  const reference = house.ids.next().slice(-6).toUpperCase();
  house.log.error('act failed', {
    reference,
    action: wanted?.action.id,
    forum: known?.forum?.id,
    key: act.key,
    error,
  });
  return {
    kind: 'failed',
    reference,
    view: view(m.core.failed, { tone: 'bad', blocks: [text(m.core.failedHint({ reference }))] }),
  };
}
