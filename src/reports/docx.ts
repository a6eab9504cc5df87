import { strToU8, zipSync } from 'fflate';
import { escaped } from '../language/escape.ts';

/** A paragraph of a document. */
export interface Paragraph {
  readonly style: 'title' | 'heading' | 'item' | 'text';
  readonly text: string;
}

/** A picture that a body refers to as `p1`, `p2` … in this order. */
export interface WordPicture {
  readonly type: 'image/png' | 'image/jpeg';
  readonly bytes: Uint8Array;
}

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const SIZES: Readonly<Record<Paragraph['style'], number>> = { title: 32, heading: 26, item: 22, text: 22 };
const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OPC = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

function wordParagraph({ style, text }: Paragraph): string {
  const bold = style === 'title' || style === 'heading' ? '<w:b/>' : '';
  const indent = style === 'item' ? '<w:ind w:left="425" w:hanging="283"/>' : '';
  const shown = escaped(style === 'item' ? `•  ${text}` : text);
  return `<w:p><w:pPr><w:spacing w:after="80"/>${indent}</w:pPr><w:r><w:rPr>${bold}<w:sz w:val="${SIZES[style]}"/></w:rPr><w:t xml:space="preserve">${shown}</w:t></w:r></w:p>`;
}

/** The document as a Word file (ECMA-376, transitional). The same document gives the same bytes. */
export const docxOf = (paragraphs: readonly Paragraph[]): Buffer =>
  wordFile({ body: paragraphs.map(wordParagraph).join('') });

/** Parts of a Word file: its body, and where it has them pictures, the words before its page numbers, styles. */
export interface WordContent {
  readonly body: string;
  readonly pictures?: readonly WordPicture[];
  readonly page?: string;
  readonly styles?: string;
}

const field = (name: string): string => `<w:fldSimple w:instr="${name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>`;
const run = (text: string): string => `<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;

/** A Word file on A4 upright, with margins of 16 mm. */
export function wordFile({ body, pictures = [], page, styles }: WordContent): Buffer {
  const footer =
    page !== undefined &&
    `${HEAD}<w:ftr xmlns:w="${W}"><w:p><w:pPr><w:jc w:val="right"/></w:pPr>${run(`${page} `)}${field('PAGE')}${run(' / ')}${field('NUMPAGES')}</w:p></w:ftr>`;
  const relations = [
    ...pictures.map((_, i) => ['p', i + 1, 'image', `media/picture${i + 1}`] as const),
    ...(footer ? [['f', 1, 'footer', 'footer.xml'] as const] : []),
    ...(styles ? [['s', 1, 'styles', 'styles.xml'] as const] : []),
  ].map(([kind, n, type, target]) => {
    const ending = kind === 'p' ? (pictures[n - 1]!.type === 'image/png' ? '.png' : '.jpg') : '';
    return `<Relationship Id="${kind}${n}" Type="${OFFICE}/${type}" Target="${target}${ending}"/>`;
  });
  const section = `<w:sectPr>${footer ? '<w:footerReference w:type="default" r:id="f1"/>' : ''}<w:pgSz w:w="11906" w:h="16838"/>${footer ? '<w:pgMar w:top="1021" w:right="907" w:bottom="1021" w:left="907" w:header="567" w:footer="567" w:gutter="0"/>' : ''}</w:sectPr>`;
  const override = (part: string, type: string): string =>
    `<Override PartName="/word/${part}.xml" ContentType="${WORD}.${type}+xml"/>`;
  const files: Record<string, Uint8Array> = {
    '[Content_Types].xml': strToU8(
      `${HEAD}<Types xmlns="${OPC}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/>${override('document', 'document.main')}${footer ? override('footer', 'footer') : ''}${styles ? override('styles', 'styles') : ''}</Types>`,
    ),
    '_rels/.rels': strToU8(
      `${HEAD}<Relationships xmlns="${OPC}/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    ),
    'word/document.xml': strToU8(
      `${HEAD}<w:document xmlns:w="${W}" xmlns:r="${OFFICE}"><w:body>${body}${section}</w:body></w:document>`,
    ),
  };
  if (relations.length)
    files['word/_rels/document.xml.rels'] = strToU8(
      `${HEAD}<Relationships xmlns="${OPC}/relationships">${relations.join('')}</Relationships>`,
    );
  if (footer) files['word/footer.xml'] = strToU8(footer);
  if (styles) files['word/styles.xml'] = strToU8(`${HEAD}<w:styles xmlns:w="${W}">${styles}</w:styles>`);
  for (const [i, { type, bytes }] of pictures.entries())
    files[`word/media/picture${i + 1}.${type === 'image/png' ? 'png' : 'jpg'}`] = bytes;
  return Buffer.from(zipSync(files, { level: 6, mtime: new Date(1980, 0, 1) }));
}
