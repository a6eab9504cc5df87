import type { ReadContext } from '../../src/bot/act-context.ts';
import { main, paging, query } from '../../src/bot/command.ts';
import { line, whole } from '../../src/bot/kinds.ts';
import { button } from '../../src/contract/buttons.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { note, quote, text, view } from '../../src/contract/view.ts';
import { activitySource } from '../../src/domain/activities.ts';
import { agreementSource } from '../../src/domain/agreements/store.ts';
import { numberIn } from '../../src/domain/codes.ts';
import { goalSource } from '../../src/domain/goals.ts';
import { issueSource } from '../../src/domain/issues/store.ts';
import type { Source } from '../../src/domain/source.ts';
import { strategySource } from '../../src/domain/strategies/store.ts';
import { cutAt } from '../../src/language/clean.ts';
import type { Messages } from '../../src/language/messages.ts';
import { capital } from '../../src/language/text.ts';

/** Maximum length of a page of text: it fits on each platform even where every character has to be escaped. */
const PAGE = 1_700;

type Labelled = readonly (readonly [label: string, text: string | null])[];
type Texts<Row> = (row: Row, m: Messages) => Labelled;

interface Readable {
  find(ctx: ReadContext, code: string): Promise<{ title: string; texts: Labelled } | null>;
}

const readable = <Row>(source: Source<Row>, texts: Texts<Row>): Readable => ({
  async find(ctx, code) {
    const number = numberIn(source.prefix, code);
    const row = number === null ? null : await source.byNumber(ctx, number);
    return row && { title: `${source.code(row)} ${source.label(row)}`, texts: texts(row, ctx.m) };
  },
});

/** Things that have long texts, and which; seen by those who may see the thing itself. */
const READABLE: readonly Readable[] = [
  readable(strategySource, (row, m) => [
    [m.strategy.change, row.change],
    [m.strategy.rationale, row.rationale],
  ]),
  readable(issueSource, (row, m) => [
    [m.issue.command.raise.options.detail.name, row.detail],
    [m.issue.resolution, row.resolution],
  ]),
  readable(goalSource, (row, m) => [
    [m.goal.command.add.options.description.name, row.description],
    [m.goal.outcome, row.outcome],
  ]),
  readable(activitySource, (row, m) => [[m.activity.result, row.result]]),
  readable(agreementSource, (row, m) => [[m.agreement.purpose, row.purpose]]),
];

/** The beginning of a text that is a page, up to the end of a word where there is one. */
function pieceOf(left: string): string {
  const piece = cutAt(left, PAGE);
  const end = left.length > PAGE ? piece.search(/\s\S*$/) : 0;
  return end > PAGE / 2 ? piece.slice(0, end) : piece;
}

/** A text in pieces of a page, each with its label. */
function pages(texts: Labelled): { label: string; piece: string }[] {
  return texts.flatMap(([label, whole]) => {
    const found: { label: string; piece: string }[] = [];
    for (let left = whole ?? ''; left; left = left.slice(found.at(-1)!.piece.length))
      found.push({ label, piece: pieceOf(left) });
    return found;
  });
}

/** The long texts of a thing, whole, page by page: where a card had to cut them its button leads here. */
export const read = query({
  id: 'rd',
  name: 'read',
  hidden: true,
  words: m => m.me.command.read,
  who: 'member',
  options: { code: main(line({ max: 20 })), page: paging(whole({ min: 1, max: 1_000 })) },
  async run(ctx, { code, page = 1 }) {
    for (const one of READABLE) {
      const found = await one.find(ctx, code);
      if (!found) continue;
      const all = pages(found.texts);
      const shown = all[page - 1];
      const { title } = found;
      const place = { from: String(page), to: String(page), of: String(all.length) };
      return view(title, {
        blocks: [
          text(shown ? capital(shown.label) : ctx.m.core.none),
          shown ? quote(shown.piece) : null,
          all.length > 1 ? note(ctx.m.core.pageOf(place)) : null,
        ],
        controls: [page < all.length ? [button(ctx.m, 'more', 'rd', { code, page: String(page + 1) })] : []],
      });
    }
    throw new Refusal('not_found', m => m.core.oldButton);
  },
});
