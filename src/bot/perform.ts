import { type Act, type Answer, type Bot, DIRECT, type Identity } from '../contract/act.ts';
import { doneAlready } from '../contract/done-already.ts';
import { Refusal } from '../contract/refusal.ts';
import { inWords, note, type View } from '../contract/view.ts';
import { partsOf } from '../domain/files/store.ts';
import { memberOfAccount, nameAccount } from '../domain/people.ts';
import { catalogue } from '../language/messages.ts';
import { t } from '../language/text.ts';
import { oneAnswer } from '../storage/once.ts';
import type { Tx } from '../storage/store.ts';
import { noForum, ReadActContext, WriteActContext } from './act-contexts.ts';
import { withActLog } from './act-log.ts';
import { ActQueue, Busy, type QueueLimits } from './act-queue.ts';
import { addressed } from './addressed.ts';
import { askMissing, busy, failed, nextStep, refused } from './answers.ts';
import { joined, left, present } from './arrivals.ts';
import { BeginForm } from './begin-form.ts';
import type { Action } from './command.ts';
import { asksForChanges } from './current-values.ts';
import type { BotDeps, Running } from './deps.ts';
import { placed } from './direct.ts';
import { forgetDrafts } from './drafts.ts';
import { dressed, restOf, withRest, withWhatStands } from './form-answers.ts';
import { HandIn } from './hand-in.ts';
import { firstAnswer, keepAnswer, savedBefore } from './idempotency.ts';
import { accountOf, type Defaults, identify, limitOf, NOBODY, welcome } from './identify.ts';
import type { Known } from './known.ts';
import { placeLoose } from './loose-words.ts';
import { handedIn, needFiles, withLostFiles } from './lost-files.ts';
import { MadeToOrder } from './made-to-order.ts';
import { mayRun, permit, rolesOf } from './permit.ts';
import { withMissing } from './postable.ts';
import { createRateLimiter } from './rate-limit.ts';
import { readOptions } from './read-options.ts';
import { createRegistry, type Registry } from './registry.ts';
import { isDraft, missing, resolve, resolveNow, typedValues, type Wanted } from './resolve.ts';
import { suggestFor } from './suggest.ts';
import { withLost } from './undelivered.ts';

/** The bot: what happens to one act, no matter who sent it. */
export function createBot(given: BotDeps): Bot & { readonly registry: Registry; waiting(): number } {
  const { store, log, defaults } = given;
  const files = new HandIn(store, log, limitOf(defaults));
  const making = new MadeToOrder(given.maker);
  const deps: Running = { ...given, limiter: createRateLimiter(given.fairUse), files, making };
  const registry = createRegistry(deps.commands, [catalogue.id, catalogue.en]);
  const queue = new ActQueue(given.queueLimits);
  const heavy = new ActQueue(HEAVY_LIMITS);
  const downloads = new ActQueue(DOWNLOAD_LIMITS);
  const queueOf = (act: Act): ActQueue => (hasFiles(act) ? downloads : isHeavy(registry, act) ? heavy : queue);
  return {
    registry,
    content: ({ forum, hash }) => partsOf(store.read, forum, hash),
    waiting: () => queue.length + heavy.length + downloads.length,
    perform: act => withActLog(act, () => queued(queueOf, deps, registry, act)),
    // There is nobody to say no to.
    suggest: async (act, option, typed) => (queue.length ? [] : suggestFor(deps, registry, act, option, typed)),
    joined: (place, locale) => joined(deps, place, locale),
    left: place => left(deps, place),
    present: (platform, workspaces) => present(deps, platform, workspaces),
    first(act) {
      try {
        if (act.ask.kind === 'pressed' && isDraft(act.ask.invocation) && !act.ask.given) return 'form';
        if (act.ask.kind === 'chosen' && act.ask.edit) return 'form';
        const { action, given } = resolveNow(registry, act.ask);
        const asks = action.opensForm || missing(action, given).length > 0 || asksForChanges(action, given);
        return asks ? 'form' : 'answer';
      } catch {
        return 'answer';
      }
    },
  };
}

/** Minimum cost of an act that holds its turn for seconds, and so has turns of its own. */
const HEAVY_COST = 5;
const HEAVY_LIMITS: QueueLimits = { running: 2, runningOfOne: 1, waiting: 60, waitingOfOne: 10, waitMs: 600_000 };

/** A platform may be slow to give out a file, and what comes of it is in memory: both hold up files alone. */
const DOWNLOAD_LIMITS: QueueLimits = { running: 4, runningOfOne: 2, waiting: 60, waitingOfOne: 20, waitMs: 600_000 };

const hasFiles = ({ ask }: Act): boolean =>
  ask.kind !== 'typed' && Object.values(ask.given ?? {}).some(raw => 'file' in raw);

/** Tells whether an act asks for a report or the like; what cannot be told without the database does not. */
function isHeavy(registry: Registry, { ask }: Act): boolean {
  try {
    return (resolveNow(registry, ask).action.cost ?? 0) >= HEAVY_COST;
  } catch {
    return false;
  }
}

/** An act when it is its turn; too many before it, and it is refused before the database hears of it. */
async function queued(queueOf: (act: Act) => ActQueue, deps: Running, registry: Registry, act: Act): Promise<Answer> {
  const { platform, workspace } = act.place;
  // The terminal is its operator's own.
  if (platform === 'console') return perform(deps, registry, act);
  try {
    // Direct messages of no server are one workspace for all of a platform: there each person has a turn of their own.
    const one = workspace === DIRECT ? `${workspace}:${act.who.account}` : workspace;
    return await queueOf(act).run(`${platform}:${one}`, () => perform(deps, registry, act));
  } catch (error) {
    if (!(error instanceof Busy)) throw error;
    const answer = busy(deps, act);
    deps.seen({ platform, action: null, answer, seconds: 0, error: null });
    return answer;
  }
}

/** One act, answered and counted. */
async function perform(deps: Running, registry: Registry, act: Act): Promise<Answer> {
  const since = performance.now();
  const { answer, action, error } = await answered(deps, registry, act);
  const seconds = (performance.now() - since) / 1_000;
  if (action?.countedAs && answer.kind === 'form') return answer;
  deps.seen({ platform: act.place.platform, action, answer, seconds, error });
  deps.log.debug('act', {
    action: action?.countedAs ?? action?.id,
    result: answer.kind === 'refused' ? answer.code : answer.kind,
    seconds,
  });
  return answer;
}

interface Answered {
  readonly answer: Answer;
  readonly action: Action | null;
  readonly error?: unknown;
}

/** One act, one named step a line. Whatever is thrown inside ends here, in the person's language. */
async function answered(deps: Running, registry: Registry, given: Act): Promise<Answered> {
  const now = deps.clock.now();
  let act = given;
  let known: Known | null = null;
  let wanted: Wanted | null = null;
  try {
    act = await placed(deps.store.read, registry, given);
    known = await welcome(deps.store, act, deps.limiter, deps.defaults, now);
    // An act from a place shows that the bot is in it, whatever was told before.
    if (!known.forum && (await present(deps, act.place.platform, [act.place.workspace])))
      known = await welcome(deps.store, act, deps.limiter, deps.defaults, now);
    deps.limiter.consume(act, known, 1, now);
    await addressed(deps.store.read, act, known);
    wanted = await resolve(registry, deps.store.read, act);
    const { action } = wanted;
    if (wanted.loose && known.forum && mayRun(rolesOf(known.actor), action)) {
      const ctx = new ReadActContext(registry, act, known, deps.store.read, now);
      wanted = { ...wanted, given: await placeLoose(ctx, wanted), loose: null };
    }
    if (action.cost) deps.limiter.consume(act, known, action.cost - 1, now);
    wanted = await handedIn({ files: deps.files, read: deps.store.read }, act, known, wanted, now);
    needFiles(wanted, limitOf(deps.defaults));
    wanted = await withWhatStands(deps, registry, act, known, wanted, now);
    const answer: Answer = wanted.reopen
      ? await askMissing(deps, act, known, wanted, now, missing(action, wanted.given))
      : wanted.unfinished
        ? await nextStep(deps, act, known, wanted, now)
        : { kind: 'view', view: await shown(act, known, wanted, await run(deps, registry, act, known, wanted, now)) };
    return { answer: await dressed(deps, registry, act, known, wanted, answer, now), action };
  } catch (error) {
    // Input is kept for a refusal, and that too needs the database.
    return explained(error).catch(fault => ({
      answer: failed(deps, act, known, wanted, fault),
      action: wanted?.action ?? null,
      error: fault,
    }));
  }

  /** The answer to an act that asks for more, was done before or is refused. @throws whatever else it was. */
  async function explained(error: unknown): Promise<Answered> {
    const action = wanted?.action ?? null;
    if (error instanceof MissingOptions) {
      const asked = await askMissing(deps, act, known!, wanted!, now, error.options);
      return { answer: await dressed(deps, registry, act, known!, wanted!, asked, now), action };
    }
    if (error instanceof BeginForm) {
      const given = typedValues({ ...error.about, ...error.values });
      const named = { action: registry.byId(error.action)!, given, reopen: true };
      const begun = error.isRest ? await restOf(deps, registry, act, known!, named, now) : named;
      const absent = missing(begun.action, begun.given);
      const shown = error.isRest ? null : Object.keys(error.values);
      const asked = await askMissing(deps, act, known!, begun, now, absent, shown);
      return { answer: await dressed(deps, registry, act, known!, begun, asked, now), action };
    }
    if (!(error instanceof Refusal)) throw error;
    if ((error.code === 'limit' || !wanted) && known?.forum) {
      // An act that was done already is answered however often it is asked for, also when its draft is gone.
      const before = await firstAnswer(deps.store.read, known.forum.id, act.key);
      if (before) return { answer: { kind: 'view', view: asChosen(known, before) }, action };
      wanted ??= await resolve(registry, deps.store.read, act).catch(() => null);
    }
    return { answer: await refused(deps, act, known, wanted, error, now), action };
  }
}

/** A view with pictures, or without them where the forum has chosen so. */
const asChosen = ({ forum }: Known, view: View): View => (forum?.settings.pictures === false ? inWords(view) : view);

/** Returns what a mutation or query has come to, as its forum wants it shown. */
const shown = async (act: Act, known: Known, wanted: Wanted, view: View): Promise<View> =>
  withLost(known, wanted, asChosen(known, await withMissing(act, known, wanted, view)));

/** Required options are missing: not yet a refusal where a form can ask for them. */
class MissingOptions extends Error {
  readonly options: readonly string[];
  constructor(options: readonly string[]) {
    super('missing options');
    this.options = options;
  }
}

/** Identifies the actor inside the unit of work: what was read before may have changed, the forum's settings too. */
async function identifyAgain(tx: Tx, act: Act, before: Known, defaults: Defaults): Promise<Known> {
  const known = await identify(tx, act, defaults);
  // The unit holds the lock of the forum that lived here when the act came in, and may not touch another.
  return known.forum?.id === before.forum?.id ? known : { ...known, ...NOBODY };
}

/** Runs the action: a mutation in one unit of work with its answer, a query on what is committed. */
async function run(
  deps: Running,
  registry: Registry,
  act: Act,
  known: Known,
  { action, given, lost = [] }: Wanted,
  now: Date,
): Promise<View> {
  const checked = (who: Known): Known => {
    if (!who.forum && !action.outside) throw noForum(act.place);
    permit(rolesOf(who.actor), action);
    const absent = missing(action, given);
    if (absent.length) throw new MissingOptions(absent);
    return who;
  };
  if (!action.writes) {
    const { store } = deps;
    const ctx = new ReadActContext(registry, act, checked(known), store.read, now);
    ctx.making = deps.making;
    const member = (who: Identity) => memberOfAccount(store.read, ctx.forumId, accountOf(act.place, who));
    return oneAnswer(async () => action.run(ctx, await readOptions(action, given, ctx, member)));
  }
  const { forum } = known;
  const key = forum?.id ?? `${act.place.platform}:${act.place.workspace}`;
  return deps.store.write(key, async tx => {
    const who = await identifyAgain(tx, act, known, deps.defaults);
    if (who.answer) return who.answer;
    const ctx = new WriteActContext(registry, act, checked(who), tx, now, () => deps.ids.next());
    ctx.lostFiles = lost;
    const ran = await action.run(ctx, await readOptions(action, given, ctx, who => ctx.member(who)));
    const done = withRest(ctx, act, { action, given }, ran);
    const where = ctx.card ? [note(t`${ctx.m.core.cardAt} ${ctx.card}`)] : [];
    const before = ctx.hasForum && !ctx.traceless ? await savedBefore(tx, ctx.forumId, act) : null;
    const earlier = before ? [note(ctx.m.core.savedBefore({ what: before.title }))] : [];
    const full = { ...done, blocks: [...done.blocks, ...ctx.told.map(note), ...where, ...earlier] };
    const answer = withLostFiles(ctx.m, full, lost, limitOf(deps.defaults));
    // A person who asks to join a forum is in none yet.
    if (!ctx.hasForum) return answer;
    // An unnamed act leaves no trace of who did it, and nothing of how it was begun.
    if (ctx.unnamed) await forgetDrafts(tx, act, action.id);
    else await nameAccount(tx, ctx.forumId, accountOf(act.place, act.who), who.seen, now);
    const kept = ctx.traceless ? doneAlready(ctx.locale) : answer;
    if (!action.secret) await keepAnswer(tx, ctx.forumId, act.key, kept, now);
    return answer;
  });
}
