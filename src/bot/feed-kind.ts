import * as z from 'zod';
import { Refusal } from '../contract/refusal.ts';
import { cleanLine } from '../language/clean.ts';
import { type Kind, typedOf } from './kind.ts';

/** A feed as people name it: its address without what all of them begin with. */
export const feedName = (address: string): string => address.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');

/** Maximum length of a value in a menu of Slack, characters. */
const MENU_VALUE = 75;

/** A feed of alerts that the operator allows, by its address or a part of it, such as `bmkg`. */
export const feed = (): Kind<string> => ({
  input: 'line',
  allowed: () => z.string(),
  print: feedName,
  accepts: m => m.forum.acceptsFeed,
  async read(raw, { ctx }) {
    const typed = cleanLine(typedOf(raw)).toLowerCase();
    const all = [...new Set([...ctx.alertFeeds, ...(ctx.forum.settings.alertFeeds ?? [])])];
    if (!all.length) throw new Refusal('not_found', m => m.forum.noFeeds);
    const exact = all.find(one => [one, feedName(one)].some(name => name.toLowerCase() === typed));
    const found = exact ? [exact] : all.filter(one => one.toLowerCase().includes(typed));
    const [only, ...others] = found;
    if (only && !others.length) return only;
    const offered = found.length ? found : all;
    const names = offered.map(feedName);
    throw new Refusal(
      found.length ? 'ambiguous' : 'not_found',
      m => m.forum.whichFeed({ typed, feeds: names.join('; ') }),
      { candidates: names.map(name => ({ value: name, label: name })) },
    );
  },
  asMenu: true,
  async suggest(typed, ctx) {
    const wanted = cleanLine(typed).toLowerCase();
    return ctx.alertFeeds
      .filter(one => one.toLowerCase().includes(wanted) && feedName(one).length <= MENU_VALUE)
      .map(one => ({ value: feedName(one), label: feedName(one) }));
  },
});
