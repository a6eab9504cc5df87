import type { Act, Answer, Given, Refused } from '../contract/act.ts';
import { button } from '../contract/buttons.ts';
import type { Form } from '../contract/form.ts';
import type { Menu, Refusal } from '../contract/refusal.ts';
import { type Control, text, view } from '../contract/view.ts';
import { catalogue, type Messages } from '../language/messages.ts';
import { join, plain } from '../language/text.ts';
import { faultOf, StorageFault } from '../storage/faults.ts';
import { referenceOf } from './act-log.ts';
import { toBeShown } from './current-values.ts';
import type { BotDeps } from './deps.ts';
import { keepDraft } from './drafts.ts';
import { formFor } from './forms.ts';
import { hintOf, limitOf } from './identify.ts';
import { encodeInvocation } from './invocation.ts';
import { typedOf } from './kinds.ts';
import type { Known } from './known.ts';
import { lostWords } from './lost-files.ts';
import { missing, resumeDraft, resumeStep, type Wanted } from './resolve.ts';

/** The answer that asks for what is missing; what is known rides along, in the form or in a kept draft. */
export async function askMissing(
  deps: BotDeps,
  act: Act,
  known: Known,
  { action, given, nextStep, faulty = [] }: Wanted,
  now: Date,
  absent: readonly string[],
  begun = begunIn(act, given),
): Promise<Answer> {
  const m = catalogue[known.locale];
  const names = absent.map(key => action.words(m).options[key]!.name);
  const accepts = absent.map(key => action.options[key]!.kind.accepts(m, { ...known, now }));
  const standing = toBeShown(given);
  const unchanged = standing.length ? m.core.nothingChanged : null;
  const complete = begun ? m.core.stepKept : m.core.fillWhatYouLike;
  const message = unchanged ?? (absent.length ? m.core.missingOption({ names, accepts }) : complete);
  // A form that is begun with words shows them all: nothing is sent that was not seen.
  const first = [...absent, ...(begun ?? [])];
  const asked = first.length || nextStep || standing.length ? [...first, ...standing] : Object.keys(given);
  const form = await formOf(deps, act, known, { action, given }, now, asked, faulty);
  return {
    kind: 'form',
    form,
    refused: {
      kind: 'refused',
      code: 'missing_option',
      view: view(titleOf(m, { action }), { tone: 'warning', blocks: [text(message)] }),
      option: absent[0] ?? null,
      errors: Object.fromEntries(absent.map(key => [key, message])),
      message,
      repair: form,
      fixLabel: m.button.fix,
    },
  };
}

/** The options that a form shows beside what is missing: those it began with words in, or those that it shows already. */
function begunIn({ ask }: Act, given: Given): readonly string[] | null {
  if (ask.kind === 'pressed') return ask.showing ?? null;
  return ask.kind === 'chosen' && ask.edit ? Object.keys(given) : null;
}

/** A step of a long form was filled in: it is kept, and the next step is offered. */
export async function nextStep(
  deps: BotDeps,
  act: Act,
  known: Known,
  { action, given }: Wanted,
  now: Date,
): Promise<Answer> {
  const m = catalogue[known.locale];
  const id = deps.ids.next();
  await keepDraft(deps.store, id, act, { action: action.id, given, forumId: known.forum?.id ?? null }, now);
  const ctx = formContext(deps, known, now);
  const form = formFor(action, ctx, resumeStep(id), given, [...missing(action, given), ...toBeShown(given)]);
  const refused: Refused = {
    kind: 'refused',
    code: 'missing_option',
    view: view(m.core.stepTitle({ left: form.fields.length }), { blocks: [text(m.core.stepKept)] }),
    option: null,
    errors: {},
    message: m.core.stepKept,
    repair: form,
    fixLabel: m.button.goOn,
  };
  return { kind: 'form', form, refused };
}

/** Context in which a form is written: the person's language, zone and forum. */
const formContext = ({ commands }: BotDeps, { locale, zone, forum }: Known, now: Date) => ({
  m: catalogue[locale],
  locale,
  zone,
  now,
  settings: forum?.settings,
  commands,
});

/** Nothing was to be saved by what only reads, or was not understood. */
const titleOf = (m: Messages, wanted: Pick<Wanted, 'action'> | null): string =>
  wanted?.action.writes ? m.core.notDone : m.core.notPossible;

async function formOf(
  deps: BotDeps,
  act: Act,
  known: Known,
  { action, given }: Pick<Wanted, 'action' | 'given'>,
  now: Date,
  wanted: readonly string[],
  faulty: readonly string[],
): Promise<Form> {
  const resume = await resumeOf(deps, act, known, { action, given }, now);
  return formFor(action, formContext(deps, known, now), resume, given, wanted, faulty);
}

/** Short, typed values travel in the form itself; anything else is kept as a draft. */
async function resumeOf(
  deps: BotDeps,
  act: Act,
  known: Known,
  { action, given }: Pick<Wanted, 'action' | 'given'>,
  now: Date,
): Promise<string> {
  if (Object.values(given).every(raw => 'typed' in raw && !raw.standing)) {
    try {
      return encodeInvocation(action, Object.fromEntries(Object.entries(given).map(([k, raw]) => [k, typedOf(raw)])));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  const id = deps.ids.next();
  await keepDraft(deps.store, id, act, { action: action.id, given, forumId: known.forum?.id ?? null }, now);
  return resumeDraft(id);
}

/** A refusal, said in the person's language; what was typed is kept where there is a form to mend it in. */
export async function refused(
  deps: BotDeps,
  act: Act,
  known: Known | null,
  wanted: Wanted | null,
  refusal: Refusal,
  now: Date,
): Promise<Refused> {
  const m = catalogue[known?.locale ?? deps.defaults.locale];
  const all = [refusal, ...refusal.also];
  const said = all.map(one => one.say(m));
  const lost = wanted?.lost ?? [];
  const lostSaid = lostWords(m, lost, limitOf(deps.defaults));
  // A refusal for the sake of a file says the same.
  const everything = [...new Map([...said, ...lostSaid].map(one => [plain(one), one])).values()];
  const { option, afterwards } = refusal;
  if (afterwards) await deps.store.write(null, afterwards);
  const asked = !wanted
    ? []
    : refusal.keepsAll
      ? Object.keys(wanted.given)
      : all.flatMap(one => (one.option && one.option in wanted.action.options ? [one.option] : []));
  let repair: Form | null = null;
  if (known && wanted && asked.length) {
    const id = deps.ids.next();
    const draft = { action: wanted.action.id, given: wanted.given, forumId: known.forum?.id ?? null };
    await keepDraft(deps.store, id, act, draft, now);
    const ctx = formContext(deps, known, now);
    repair = formFor(wanted.action, ctx, resumeDraft(id, refusal.keepsAll ? [] : asked), wanted.given, asked);
  }
  return {
    kind: 'refused',
    code: refusal.code,
    view: view(titleOf(m, wanted), {
      tone: 'warning',
      blocks: everything.map(one => text(one)),
      controls: refusal.menu ? [[menuOf(m, refusal.menu)]] : meant(m, wanted, refusal),
    }),
    option: option ?? null,
    message: join(everything, ' '),
    errors: Object.fromEntries([
      ...lost.map((one, i) => [one.option, lostSaid[i]!]),
      ...all.flatMap((one, i) => (one.option ? [[one.option, said[i]!]] : [])),
    ]),
    repair,
    fixLabel: refusal.keepsAll ? m.button.tryAgain : m.button.fix,
  };
}

const menuOf = (m: Messages, { action, fills, choices }: Menu): Control => ({
  kind: 'select',
  name: 'chooseMeant',
  label: m.core.whichOne,
  does: { action, values: {} },
  fills,
  choices,
});

/**
 * The answer to an act that was not begun, since too much waits: nothing was read, so the platform tells the language.
 */
export function busy({ defaults }: Pick<BotDeps, 'defaults'>, { who }: Act): Refused {
  const m = catalogue[hintOf(who) ?? defaults.locale];
  return {
    kind: 'refused',
    code: 'limit',
    view: view(m.core.notDone, { tone: 'warning', blocks: [text(m.core.limit.busy)] }),
    option: null,
    errors: {},
    message: m.core.limit.busy,
    repair: null,
    fixLabel: m.button.tryAgain,
  };
}

/** Tells whether an invocation is short enough to be written into a button. */
function fitsButton(action: Wanted['action'], values: Readonly<Record<string, string>>): boolean {
  try {
    encodeInvocation(action, values);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The answer to a question, where all that was given fits into a button. */
function answerTo(m: Messages, wanted: Wanted | null, { answers, yes }: Refusal): Control[][] {
  if (!wanted || !answers) return [];
  const { action, given } = wanted;
  if (!Object.values(given).every(raw => 'typed' in raw)) return [];
  const typed = Object.fromEntries(Object.entries(given).map(([key, raw]) => [key, typedOf(raw)]));
  const values = { ...typed, ...answers, confirm: 'yes' };
  if (!fitsButton(action, values)) return [];
  return [[button(m, yes ?? 'confirm', action.id, values, yes ? 'danger' : 'primary')]];
}

/** Maximum number of candidates that are buttons; more of them are a menu. */
const BUTTONS = 4;

/**
 * The values of which one may be meant, where all else that was given fits into a button: buttons for numbers, else a
 * menu.
 */
function meant(m: Messages, wanted: Wanted | null, refusal: Refusal): Control[][] {
  const { option, candidates, answers } = refusal;
  if (answers) return answerTo(m, wanted, refusal);
  if (!wanted || !option || !candidates.length) return [];
  const { action, given } = wanted;
  const others = Object.entries(given).filter(([key]) => key !== option);
  if (!others.every(([, raw]) => 'typed' in raw)) return [];
  const values = Object.fromEntries(others.map(([key, raw]) => [key, typedOf(raw)]));
  const does = { action: action.id, values };
  if (refusal.code === 'invalid_option' && candidates.length <= BUTTONS) {
    const buttons = candidates.map(({ value, label }): Control => {
      const chosen = { ...does, values: { ...values, [option]: value } };
      return { kind: 'button', name: 'reading', label, does: chosen, style: 'plain' };
    });
    return buttons.every(one => fitsButton(action, one.does.values)) ? [buttons] : [];
  }
  // A menu's id also holds the option that it fills.
  if (!fitsButton(action, { ...values, [option]: `s.${option}.` })) return [];
  const label = m.core.whichOne;
  return [[{ kind: 'select', name: 'chooseMeant', label, does, fills: option, choices: candidates }]];
}

/**
 * A bug, or a database that is away: logged under a reference, without what was typed; the person is told the
 * reference, and what to do.
 */
export function failed(deps: BotDeps, act: Act, known: Known | null, wanted: Wanted | null, error: unknown): Answer {
  const m = catalogue[known?.locale ?? deps.defaults.locale].core;
  const reference = referenceOf(act);
  deps.log.error('act failed', { action: wanted?.action.id, forum: known?.forum?.id, error });
  const fault = faultOf(error);
  const [title, hint] = !(fault instanceof StorageFault)
    ? [m.failed, m.failedHint({ reference })]
    : fault.code === 'uncertain'
      ? [m.uncertain, m.uncertainHint({ reference })]
      : [m.notNow, m.notNowHint({ reference })];
  return { kind: 'failed', reference, view: view(title, { tone: 'bad', blocks: [text(hint)] }) };
}
