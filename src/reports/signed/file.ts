import type { Forum } from '../../domain/forums.ts';
import type { WholeReport } from '../report.ts';

/** The report that people sign, for a browser that prints it or for an office that changes it. */
export async function signedFile(
  report: WholeReport,
  forum: Forum,
  format: 'print' | 'docx',
): Promise<{ readonly type: string; readonly ending: string; readonly bytes: Uint8Array }> {
  // Drawing and packing are loaded by the first such report: no other form of it needs them.
  const { signedDocument } = await import('./document.ts');
  if (format === 'print') {
    const { paperHtml } = await import('./paper.ts');
    const document = await signedDocument(report, forum, 'svg');
    return { type: 'text/html', ending: '-print.html', bytes: Buffer.from(paperHtml(document)) };
  }
  const { DOCX } = await import('../docx.ts');
  const { paperWord } = await import('./word.ts');
  return { type: DOCX, ending: '.docx', bytes: paperWord(await signedDocument(report, forum, 'png')) };
}
