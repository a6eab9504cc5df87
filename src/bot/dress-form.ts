import type { Act, Given } from '../contract/act.ts';
import type { Field, Form } from '../contract/form.ts';
import { Refusal } from '../contract/refusal.ts';
import { partsOfList } from '../language/clean.ts';
import { plain } from '../language/text.ts';
import { shortPeriod } from '../views/short-period.ts';
import type { ReadContext } from './act-context.ts';
import { type Kind, typedOf } from './kinds.ts';
import type { Wanted } from './resolve.ts';

/** Maximum number of entries in a menu; of as many candidates nobody knows whether they are all. */
const MENU = 25;
const PERIOD = /^\d{4}(?:-(?:\d\d|W\d\d|[A-Z]\d))?$/;

/**
 * A form with what helps to fill it in: its title names the thing that it is about, beside a field stands the last value,
 * and what is chosen among a few things is a menu where the platform has no search in its forms.
 */
export async function dressForm(ctx: ReadContext, act: Act, wanted: Wanted, form: Form): Promise<Form> {
  try {
    const { action, given } = wanted;
    const beside = (await action.beside?.(ctx, given)) ?? {};
    const fields: Field[] = [];
    for (const field of form.fields) {
      const said = beside[field.option];
      const known = said ? { ...field, beside: `${said}.` } : field;
      fields.push(await withMenu(ctx, act, known, wanted));
    }
    return { ...form, ...(await nameOf(ctx, wanted, form)), fields };
  } catch (error) {
    if (error instanceof Refusal) return form;
    throw error;
  }
}

/** The thing that a form is about, with the period where there is one: `N-1 Relawan · Nov 26`. */
async function nameOf(ctx: ReadContext, { action, given }: Wanted, form: Form): Promise<Partial<Form>> {
  const asked = new Set(form.fields.map(field => field.option));
  const found = Object.entries(action.options).find(
    ([key, { kind }]) => kind.letter && key in given && !asked.has(key),
  );
  if (!found) return {};
  const [key, { kind }] = found;
  const typed = typedOf(given[key]!);
  const thing = (await kind.suggest?.(typed, ctx))?.find(one => one.value === typed.toUpperCase());
  if (!thing) return {};
  const period = periodIn(given);
  const titled = (name: string): string =>
    [name, period && shortPeriod(period, ctx.locale)].filter(Boolean).join(' · ');
  return { title: titled(thing.label), short: titled(thing.value), isThing: true };
}

function periodIn({ period }: Given): string | null {
  const typed = period ? typedOf(period) : '';
  return PERIOD.test(typed) ? typed : null;
}

/** Slack looks things up in the menus of its forms; Discord does not, and has what it offers in them. */
const isMenu = ({ platform }: Act['place'], { input, many }: Field, { asMenu }: Kind<unknown>): boolean =>
  platform !== 'console' &&
  (asMenu === true || (platform === 'discord' && (input === 'entity' || many?.input === 'entity')));

/** A field whose few candidates are a menu; what was typed and is none of them stays to be mended. */
async function withMenu(ctx: ReadContext, { place }: Act, field: Field, { action, given }: Wanted): Promise<Field> {
  const kind = action.options[field.option]?.kind;
  if (field.choices.length || !kind?.suggest || !isMenu(place, field, kind)) return field;
  const found = await kind.suggest('', ctx, given);
  if (!found.length || found.length >= MENU) return field;
  const stand = field.many ? partsOfList(field.value) : [field.value].filter(Boolean);
  if (!stand.every(value => found.some(one => one.value === value))) return field;
  return { ...field, choices: found.map(({ value, label }) => ({ value, label: plain(label) })) };
}
