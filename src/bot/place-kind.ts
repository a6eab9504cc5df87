import * as z from 'zod';
import { Refusal } from '../contract/refusal.ts';
import type { Suggestion } from '../contract/suggestion.ts';
import { type NamedPlace, placesOf } from '../domain/forums.ts';
import { cleanLine } from '../language/clean.ts';
import { fold, sameName } from '../storage/words.ts';
import { placeText } from '../views/place.ts';
import { type Kind, typedOf } from './kind.ts';

const suggestionOf = (place: NamedPlace): Suggestion => ({ value: place.workspace, label: placeText(place) });

/** A server or workspace of this forum, by its id or its whole name. */
export const place = (): Kind<NamedPlace> => ({
  input: 'entity',
  allowed: () => z.custom<NamedPlace>(value => typeof value === 'object'),
  print: value => value.workspace,
  accepts: m => m.forum.acceptsPlace,
  async read(raw, r) {
    const typed = cleanLine(typedOf(raw));
    const all = await placesOf(r.ctx.db, r.ctx.forumId);
    const byId = all.filter(one => one.workspace === typed || placeText(one) === typed);
    const meant = byId.length ? byId : all.filter(one => sameName(one.name, typed));
    const [only, ...others] = meant;
    if (only && !others.length) return only;
    const near = meant.length ? meant : all.filter(one => typed && fold(one.name).includes(fold(typed)));
    if (!near.length)
      throw new Refusal('not_found', m => m.forum.noSuchPlace({ typed, places: all.map(placeText).join(', ') }));
    const candidates = near.map(suggestionOf);
    const said = { thing: '', typed, candidates: near.map(placeText) };
    throw new Refusal('ambiguous', m => m.core.ambiguous({ ...said, thing: m.forum.place }), { candidates });
  },
  async suggest(typed, ctx) {
    const wanted = fold(cleanLine(typed));
    const all = await placesOf(ctx.db, ctx.forumId);
    return all.filter(one => fold(placeText(one)).includes(wanted)).map(suggestionOf);
  },
});
