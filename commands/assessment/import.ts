import type { WriteContext } from '../../src/bot/act-context.ts';
import { mutation, required } from '../../src/bot/command.ts';
import { tableFile } from '../../src/bot/references.ts';
import { button } from '../../src/contract/buttons.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { facts, note, text, textFile, type View, view } from '../../src/contract/view.ts';
import { questionsOf } from '../../src/domain/assessments/framework.ts';
import { shippedFrameworks } from '../../src/domain/assessments/shipped.ts';
import { partsOf } from '../../src/domain/files/store.ts';
import { faultText, readFrameworkFile } from '../../src/imports/framework.ts';
import { UnreadableFile } from '../../src/imports/grid.ts';
import { loadFramework } from '../../src/imports/load-framework.ts';
import { inLocale } from '../../src/language/locale.ts';
import type { Messages } from '../../src/language/messages.ts';
import { formatNumber } from '../../src/language/numbers.ts';
import { join, type Text } from '../../src/language/text.ts';
import { frameworkFile } from '../../src/views/assessment-file.ts';

/** Maximum number of faults that an answer tells. */
const SHOWN = 20;

const refused = (say: ConstructorParameters<typeof Refusal>[1]): Refusal =>
  new Refusal('invalid_option', say, { option: 'file' });

/** The instrument in a file that was handed in. @throws Refusal with every fault and its row. */
async function read(ctx: WriteContext, hash: string) {
  const parts: Buffer[] = [];
  for await (const part of partsOf(ctx.db, ctx.forumId, hash)) parts.push(part);
  try {
    const found = await readFrameworkFile(Buffer.concat(parts), ctx.catalogues);
    if ('framework' in found) return found.framework;
    const { faults } = found;
    throw refused(m => {
      const w = m.assessment.import;
      const lines: Text[] = faults.slice(0, SHOWN).map(one => faultText(m, one));
      const left = faults.length - lines.length;
      if (left > 0) lines.push(w.more({ n: String(left) }));
      return join([w.faultsTitle({ n: String(faults.length) }), ...lines], '\n');
    });
  } catch (error) {
    if (error instanceof UnreadableFile) throw refused(m => m.imports.no[error.why]);
    throw error;
  }
}

/** Loads an instrument out of a file: all of it, or nothing where anything is wrong. */
export async function importFramework(ctx: WriteContext, hash: string): Promise<View> {
  const framework = await read(ctx, hash);
  const { key, version } = framework;
  const how = { by: ctx.actor.member, file: hash.slice(0, 12), now: ctx.now };
  const loaded = await loadFramework(ctx.tx, ctx.forumId, framework, how);
  const { became } = loaded;
  if (became === 'shipped') throw refused(m => m.assessment.import.shipped({ key }));
  if (became === 'other') throw refused(m => m.assessment.import.other({ key, version }));
  const w = ctx.m.assessment;
  const name = inLocale(framework.name, ctx.locale);
  const start = button(ctx.m, 'startAgain', 'bs', { framework: key }, 'primary');
  if (loaded.became !== 'new') return view(w.importedAlready({ name, version }), { controls: [[start]] });
  const { number } = loaded;
  const n = formatNumber(questionsOf(framework).length, ctx.locale);
  return view(w.imported({ name, n }), {
    tone: 'good',
    blocks: [
      facts([
        [w.framework, w.frameworkText({ name, version })],
        [w.source, framework.source],
        [w.licence, inLocale(framework.licence, ctx.locale)],
      ]),
      note(inLocale(framework.about, ctx.locale)),
      note(ctx.m.imports.doneHint({ number })),
    ],
    controls: [[start, button(ctx.m, 'undoImport', 'xu', { import: String(number) })]],
  });
}

/** The check of ten questions as a file to begin from: an instrument of one's own has the same rows. */
export function frameworkTemplate(m: Messages): View {
  const own = { ...shippedFrameworks()[0]!, key: 'my-instrument' };
  const title = m.imports.templateTitle({ kind: m.imports.kinds.framework });
  return view(title, {
    blocks: [
      textFile(`${m.imports.command.template.name}-framework.csv`, 'text/csv', frameworkFile(m, own), title),
      text(m.assessment.import.template),
    ],
  });
}

export const imported = mutation({
  id: 'bi',
  name: 'import',
  words: m => m.assessment.command.import,
  who: 'coordinator',
  cost: 5,
  options: { file: required(tableFile()) },
  run: (ctx, { file }) => importFramework(ctx, file.hash),
});
