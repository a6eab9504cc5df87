import type { ReadContext, WriteContext } from '../../src/bot/act-context.ts';
import { mutation, optional } from '../../src/bot/command.ts';
import { flag } from '../../src/bot/kinds.ts';
import { button } from '../../src/contract/buttons.ts';
import { type Block, facts, note, text, type View, view } from '../../src/contract/view.ts';
import type { Forum } from '../../src/domain/forums.ts';
import { isPreviewed, openPreview, publicCounts, publishPage } from '../../src/domain/publishing.ts';
import { when } from '../../src/language/dates.ts';
import { code, link, type Text } from '../../src/language/text.ts';

/** An address to go to, where the installation knows how the public reaches it; else its path. */
const linked = (ctx: ReadContext, path: string): Text => {
  const address = ctx.address(path);
  return [address === path ? code(path) : link(address, address)];
};

/** Returns where a forum's public page is. */
export const addressText = (ctx: ReadContext, forumId: string): Text => linked(ctx, `/f/${forumId}`);

/** Returns what the page shows to anybody, and what it keeps to itself. */
async function summary(ctx: ReadContext): Promise<(Block | null)[]> {
  const w = ctx.m.forum;
  const { privateIssues, ...counts } = await publicCounts(ctx.db, ctx.forumId);
  return [
    facts([
      [w.willShow, w.willShowText(counts)],
      [w.peoplesNames, ctx.forum.settings.publicNames ? w.namesShown : w.namesHidden],
      [w.keptBack, w.keptBackText({ issues: privateIssues })],
    ]),
    note(w.freeText),
    ctx.address('/') === '/' ? note(w.noPublicUrl) : null,
  ];
}

async function preview(ctx: WriteContext, forum: Forum): Promise<View> {
  const w = ctx.m.forum;
  // An id has 35 bits of chance, two have 70: nobody guesses that.
  const secret = `${ctx.newId()}${ctx.newId()}`;
  const until = await openPreview(ctx.tx, forum, secret, ctx.now);
  await ctx.record({ kind: 'forum.previewed', thing: 'forum', number: 0 });
  return view(w.previewTitle, {
    tone: 'warning',
    blocks: [
      text(w.previewHint({ until: [when(until, ctx.zone, ctx.locale)] })),
      facts([[w.preview, linked(ctx, `/f/${ctx.forumId}/preview/${secret}`)]]),
      ...(await summary(ctx)),
    ],
    controls: [[button(ctx.m, 'publishPage', 'ft', { confirm: 'yes' }, 'primary')]],
  });
}

async function online(ctx: WriteContext, title: string): Promise<View> {
  const w = ctx.m.forum;
  return view(title, {
    tone: 'good',
    blocks: [facts([[w.publicPage, addressText(ctx, ctx.forumId)]]), text(w.publishedHint), ...(await summary(ctx))],
    controls: [[button(ctx.m, 'takeDownPage', 'fe', { public: 'no' }, 'danger')]],
  });
}

/**
 * Shows the public page before it is public, at an address that nobody can guess and that ends after a day; a yes while
 * it is open puts the page online. Without a preview, or after people's names were allowed or taken back since, a yes
 * opens one: nobody publishes what they could not have seen.
 */
export const publish = mutation({
  id: 'ft',
  name: 'publish',
  words: m => m.forum.command.publish,
  who: 'coordinator',
  secret: true,
  options: { confirm: optional(flag()) },
  async run(ctx, { confirm = false }) {
    const { m } = ctx;
    const { forum } = ctx;
    if (forum.settings.public) return online(ctx, m.forum.publicPage);
    if (!confirm || !isPreviewed(forum, ctx.now)) return preview(ctx, forum);
    await publishPage(ctx.tx, forum);
    await ctx.record({ kind: 'forum.published', thing: 'forum', number: 0 });
    return online(ctx, m.forum.published);
  },
});
