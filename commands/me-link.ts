import { deed, mainOptional, required } from '../src/bot/command.ts';
import { line, whole } from '../src/bot/kinds.ts';
import { Refusal } from '../src/bot/refusal.ts';
import { text, view } from '../src/bot/view.ts';
import { codeOf } from '../src/domain/codes.ts';
import { codeFrom } from '../src/domain/invitations.ts';
import { answerLink, beginLink, enterLink, linkByNumber, merge } from '../src/domain/links.ts';
import { entered } from './codes.ts';

/** Eight signs: short enough to type from another screen within the ten minutes they hold. */
const SIGNS = 8;

/** Without a code: shows one. With one: asks the person who was shown it. */
export const link = deed({
  id: 'mk',
  name: 'link',
  words: m => m.me.command.link,
  who: 'member',
  secret: true,
  options: { code: mainOptional(line({ max: 40 })) },
  async run(ctx, { code: typed }) {
    const w = ctx.m.me;
    const me = (await ctx.memberByNumber(ctx.actor.member))!;
    if (!typed) {
      const code = codeFrom(() => ctx.newId(), SIGNS);
      await beginLink(ctx.tx, me, code, ctx.now);
      return view(w.linkCode({ code }), { blocks: [text(w.linkHint({ code }))] });
    }
    const wrong = (m: typeof ctx.m) => m.me.wrongLink;
    const found = await entered(ctx, wrong, () => enterLink(ctx.tx, me, typed, ctx.now));
    await ctx.post({ kind: 'link', subject: String(found.number) }, { member: found.member });
    return view(w.linkAsked, { blocks: [text(w.linkAskedHint)] });
  },
});

/** The answer of the person who was shown the code. */
const answering = (id: string, name: 'same' | 'other', linked: boolean) =>
  deed({
    id,
    name,
    words: m => m.me.command[name],
    who: 'member',
    options: { request: required(whole({ min: 1 })) },
    async run(ctx, { request }) {
      const w = ctx.m.me;
      const found = await linkByNumber(ctx.db, ctx.forumId, request);
      if (!found || found.other === null || found.member !== ctx.actor.member)
        throw new Refusal('not_found', m => m.me.noLink, { option: 'request' });
      if (!(await answerLink(ctx.tx, found, linked, ctx.now))) throw new Refusal('closed', m => m.me.linkAnswered);
      const kind = linked ? 'me.linked' : 'me.not_linked';
      await ctx.record({ kind, thing: 'member', number: found.member, data: { other: found.other } });
      if (!linked) return view(w.notLinked, { tone: 'good' });
      const [kept, gone] = [await ctx.memberByNumber(found.member), await ctx.memberByNumber(found.other)];
      const twice = await merge(ctx.tx, kept!, gone!, ctx.now);
      for (const number of twice) await ctx.stale({ kind: 'ballot', subject: String(number) });
      const codes = twice.map(number => codeOf('strategy', number)).join(', ');
      return view(w.linked, {
        tone: 'good',
        blocks: [text(w.linkedHint), codes ? text(w.laterBallot({ codes })) : null],
      });
    },
  });

export const same = answering('mc', 'same', true);
export const other = answering('mb', 'other', false);
