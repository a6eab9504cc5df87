import type { ReadContext } from '../src/bot/act-context.ts';
import { type Command, main, mutation, query, required } from '../src/bot/command.ts';
import { choice, line, whole } from '../src/bot/kinds.ts';
import { tableFile } from '../src/bot/references.ts';
import { button } from '../src/contract/buttons.ts';
import { Refusal } from '../src/contract/refusal.ts';
import { note, text, textFile, view } from '../src/contract/view.ts';
import { partsOf } from '../src/domain/files/store.ts';
import { importByNumber } from '../src/domain/imports/store.ts';
import { undoImport } from '../src/domain/imports/undo.ts';
import { applyImport, type ImportPlan, neededFields, planImport, writable } from '../src/imports/import.ts';
import { IMPORT_KINDS, type ImportKind } from '../src/imports/plan.ts';
import { previewOf } from '../src/imports/preview.ts';
import { refusalOf, templateOf } from '../src/imports/text.ts';
import { localDate } from '../src/language/dates.ts';
import { formatNumber } from '../src/language/numbers.ts';
import { frameworkTemplate, importFramework } from './assessment/import.ts';
import { passOn } from './partner/duties.ts';
import { tellSeat } from './partner/take-seat.ts';

const kind = () => required(choice(IMPORT_KINDS, m => m.imports.kinds));

/** An instrument of assessments is read as a whole: nothing of it waits for a second look. */
const FILE_KINDS = [...IMPORT_KINDS, 'framework'] as const;
const fileKind = () => required(choice(FILE_KINDS, m => m.imports.kinds));

/** The content of a file that was handed in. */
async function contentOf(ctx: ReadContext, hash: string): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of partsOf(ctx.db, ctx.forumId, hash)) parts.push(part);
  return Buffer.concat(parts);
}

/** Returns what would come of a file. @throws Refusal where nothing of it can be read, with the reason. */
async function planned(ctx: ReadContext, of: ImportKind, hash: string): Promise<ImportPlan> {
  const found = await planImport(ctx.db, ctx.forum, of, await contentOf(ctx, hash), ctx.now);
  if ('why' in found) throw new Refusal('invalid_option', m => refusalOf(m, of, found), { option: 'file' });
  return found;
}

const file = mutation({
  id: 'xf',
  name: 'file',
  words: m => m.imports.command.file,
  who: 'coordinator',
  cost: 5,
  // The answer holds a file of its own; a repeated act makes it anew, since nothing is written.
  secret: true,
  options: { kind: fileKind(), file: required(tableFile()) },
  run: async (ctx, o) =>
    o.kind === 'framework'
      ? importFramework(ctx, o.file.hash)
      : previewOf(ctx, await planned(ctx, o.kind, o.file.hash), o.file),
});

const apply = mutation({
  id: 'xa',
  name: 'apply',
  words: m => m.imports.command.apply,
  who: 'coordinator',
  hidden: true,
  cost: 5,
  options: { kind: kind(), file: required(line({ max: 64 })) },
  async run(ctx, o) {
    const { member, seat } = ctx.actor;
    // Judged once more where it is written: the forum may have gone on since the check.
    const found = await planned(ctx, o.kind, o.file);
    // A preview that was taken over already has nothing left to enter.
    if (!writable(found).length) throw new Refusal('closed', m => m.imports.nothing);
    const by = { member, partner: seat?.partner ?? null };
    const { made, n, waiting, changed } = await applyImport(ctx.tx, ctx.forum, found, {
      file: o.file.slice(0, 12),
      by,
      now: ctx.now,
    });
    for (const { thing, number } of changed) await ctx.stale({ kind: thing, subject: String(number) });
    const w = ctx.m.imports;
    const { number } = made;
    const undo = button(ctx.m, 'undoImport', 'xu', { import: String(number) });
    return view(w.done({ number, n: formatNumber(n, ctx.locale), kind: w.kinds[o.kind] }), {
      tone: 'good',
      blocks: [
        waiting ? text(w.waiting({ n: formatNumber(waiting, ctx.locale) })) : null,
        note(w.doneHint({ number })),
      ],
      controls: [[undo]],
    });
  },
});

const template = query({
  id: 'xt',
  name: 'template',
  words: m => m.imports.command.template,
  who: 'coordinator',
  options: { kind: fileKind() },
  async run({ m }, o) {
    const w = m.imports;
    if (o.kind === 'framework') return frameworkTemplate(m);
    return view(w.templateTitle({ kind: w.kinds[o.kind] }), {
      blocks: [
        textFile(
          `${w.command.template.name}-${o.kind}.csv`,
          'text/csv',
          templateOf(m, o.kind),
          w.templateTitle({ kind: w.kinds[o.kind] }),
        ),
        text(w.required({ fields: neededFields(m, o.kind) })),
        note(w.templateHint),
      ],
    });
  },
});

const undo = mutation({
  id: 'xu',
  name: 'undo',
  words: m => m.imports.command.undo,
  who: 'coordinator',
  cost: 5,
  options: { import: main(whole({ min: 1 })) },
  async run(ctx, { import: number }) {
    const of = await importByNumber(ctx.db, ctx.forumId, number);
    if (!of) throw new Refusal('not_found', m => m.imports.no.undo_gone({ number }), { option: 'import' });
    const { member, seat } = ctx.actor;
    const result = await undoImport(ctx.tx, of, {
      by: { member, partner: seat?.partner ?? null },
      now: ctx.now,
      today: localDate(ctx.now, ctx.forum.zone),
      reason: ctx.m.imports.undoReason({ number }),
    });
    if (!('why' in result)) {
      for (const { partner, members } of result.left) await passOn(ctx, partner, members);
      for (const who of new Set(result.left.flatMap(one => one.members)))
        if (who !== member) await tellSeat(ctx, { number: who });
      const n = formatNumber(result.n, ctx.locale);
      const isMoney = of.kind === 'money';
      return view(ctx.m.imports.undone({ number, n }), {
        tone: 'good',
        blocks: [isMoney ? note(ctx.m.imports.moneyTakenBack) : null],
      });
    }
    if (result.why === 'undo_changed')
      throw new Refusal('conflict', m => m.imports.no.undo_changed({ codes: result.codes.join(', ') }));
    throw new Refusal('closed', m => m.imports.no[result.why]({ number }));
  },
});

export const importing: Command = {
  name: 'import',
  words: m => m.imports.command,
  actions: [file, template, undo, apply],
};
