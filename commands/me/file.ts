import type { ReadContext } from '../../src/bot/act-context.ts';
import { main, paging, query } from '../../src/bot/command.ts';
import { line, whole } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { keptFile, view } from '../../src/contract/view.ts';
import { activitySource } from '../../src/domain/activities.ts';
import { agreementSource } from '../../src/domain/agreements/store.ts';
import { numberIn } from '../../src/domain/codes.ts';
import { type FileOf, filesOf } from '../../src/domain/evidence.ts';
import { fileByHash } from '../../src/domain/files/store.ts';
import { indicatorSource } from '../../src/domain/indicators/store.ts';
import { entrySource } from '../../src/domain/money/ledger.ts';
import type { Source } from '../../src/domain/source.ts';
import { fileText } from '../../src/views/evidence.ts';

type Find = (ctx: ReadContext, code: string) => Promise<{ title: string; files: FileOf[] } | null>;

const having =
  <Row extends { readonly number: number }>(source: Source<Row>): Find =>
  async (ctx, code) => {
    const number = numberIn(source.prefix, code);
    const row = number === null ? null : await source.byNumber(ctx, number);
    if (!row) return null;
    const title = `${source.code(row)} ${source.label(row)}`;
    return { title, files: await filesOf(ctx.db, ctx.forumId, source.thing, row.number) };
  };

/** Things that have files, seen by those who may see the thing itself. */
const THINGS: readonly Find[] = [
  having(activitySource),
  having(entrySource),
  having(indicatorSource),
  having(agreementSource),
];

/** A kept file of a thing: the button on the thing's card leads here. */
export const openFile = query({
  id: 'rf',
  name: 'file',
  hidden: true,
  words: m => m.me.command.file,
  who: 'member',
  options: { code: main(line({ max: 20 })), file: paging(whole()) },
  async run(ctx, { code, file }) {
    for (const find of THINGS) {
      const found = await find(ctx, code);
      const chosen = found && (file === undefined ? found.files.at(-1) : found.files.find(one => one.id === file));
      if (!found || !chosen) continue;
      const stored = await fileByHash(ctx.db, ctx.forumId, chosen.hash);
      if (!stored) break;
      const { type, size, hash } = stored;
      const shown = { name: chosen.name, type, size, hash };
      return view(found.title, { blocks: [keptFile(ctx.forumId, shown, fileText(ctx, shown))] });
    }
    throw new Refusal('not_found', m => m.core.oldButton);
  },
});
