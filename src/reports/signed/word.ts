import { escaped } from '../../language/escape.ts';
import { type WordPicture, wordFile } from '../docx.ts';
import { type Chapter, type ColumnKind, chaptersOf, type Fact, type PaperDocument, type Picture } from './parts.ts';

/** Width of the text on A4 between its margins, twentieths of a point. */
const TEXT_WIDTH = 10_092;
/** Number of English Metric Units in a millimetre. */
const EMU_PER_MM = 36_000;
const CHART_MM = 120;
const PHOTO_MM = 80;
/** Divides the width of a table among its columns. */
const SHARES: Readonly<Record<ColumnKind, number>> = { short: 2, number: 3, words: 5 };

const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006';

const STYLES = [
  '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="20"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="80"/></w:pPr></w:pPrDefault></w:docDefaults>',
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
  ...(
    [
      ['Title', 'Title', 40, ''],
      ['Heading1', 'heading 1', 30, '<w:outlineLvl w:val="0"/>'],
      ['Heading2', 'heading 2', 23, '<w:outlineLvl w:val="1"/>'],
    ] as const
  ).map(
    ([id, name, size, level]) =>
      `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="160" w:after="80"/>${level}</w:pPr><w:rPr><w:b/><w:sz w:val="${size}"/></w:rPr></w:style>`,
  ),
].join('');

/** A text with its line breaks. */
const text = (value: string, bold = false): string =>
  value
    .split('\n')
    .map(
      (line, i) =>
        `<w:r>${bold ? '<w:rPr><w:b/></w:rPr>' : ''}${i ? '<w:br/>' : ''}<w:t xml:space="preserve">${escaped(line)}</w:t></w:r>`,
    )
    .join('');

const paragraph = (content: string, properties = ''): string =>
  `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`;
const styled = (style: string, content: string, more = ''): string =>
  paragraph(content, `<w:pStyle w:val="${style}"/>${more}`);

type Part = Chapter['parts'][number];

/** Writes a document as the body of a Word file; pictures are numbered as they come. */
class Writer {
  readonly pictures: WordPicture[] = [];
  readonly #document: PaperDocument;

  constructor(document: PaperDocument) {
    this.#document = document;
  }

  body(): string {
    const { cover, words } = this.#document;
    const chapters = chaptersOf(this.#document);
    const contents = chapters.map(one => paragraph(text(one.title))).join('');
    return [
      paragraph(text(cover.about), '<w:spacing w:before="2400" w:after="80"/>'),
      styled('Title', text(cover.name)),
      ...cover.facts.map(fact => this.#fact(fact)),
      styled('Title', text(words.contents), '<w:spacing w:before="600" w:after="80"/>'),
      // Word fills in the pages when it brings the field up to date; until then the titles stand there.
      paragraph(
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve">TOC \\o "1-1" \\h \\z</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
      ),
      contents,
      paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
      ...chapters.flatMap(({ title, parts }) => [
        styled('Heading1', text(title), '<w:pageBreakBefore/>'),
        ...parts.map(part => this.#part(part)),
      ]),
    ].join('');
  }

  #fact([label, value]: Fact): string {
    return paragraph((label && text(`${label}: `, true)) + text(value));
  }

  #part(part: Part): string {
    switch (part.kind) {
      case 'heading':
        return styled('Heading2', text(part.text));
      case 'text':
        return paragraph(text(part.text), part.style === 'quote' ? '<w:ind w:left="400"/>' : '');
      case 'facts':
        return part.rows.map(fact => this.#fact(fact)).join('');
      case 'table':
        return table(part);
      case 'shown':
        return [
          styled('Heading2', text(part.title)),
          part.picture ? this.#picture(part.picture, CHART_MM) : '',
          ...part.facts.map(fact => this.#fact(fact)),
        ].join('');
      case 'photos':
        return part.pictures.map(one => this.#picture(one, PHOTO_MM) + paragraph(text(one.caption))).join('');
      case 'signatures':
        return this.#signatures(part.roles);
    }
  }

  #picture({ type, bytes, width, height, alt }: Picture, mm: number): string {
    if (type === 'image/svg+xml') return '';
    this.pictures.push({ type, bytes });
    const n = this.pictures.length;
    const [w, h] = [mm * EMU_PER_MM, Math.round((mm * EMU_PER_MM * height) / width)];
    return paragraph(
      `<w:r><w:drawing><wp:inline xmlns:wp="${DRAWING}/wordprocessingDrawing"><wp:extent cx="${w}" cy="${h}"/><wp:docPr id="${n}" name="${n}" descr="${escaped(alt)}"/><a:graphic xmlns:a="${DRAWING}/main"><a:graphicData uri="${DRAWING}/picture"><pic:pic xmlns:pic="${DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="${n}" name="${n}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="p${n}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${w}" cy="${h}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
      '<w:keepNext/>',
    );
  }

  #signatures(roles: Extract<Part, { kind: 'signatures' }>['roles']): string {
    const { placeAndDate, name: label } = this.#document.words;
    return [
      paragraph(text(`${placeAndDate}: ………………………………………………`)),
      ...roles.map(
        ({ role, name }) =>
          paragraph(text(role), '<w:keepNext/><w:spacing w:before="400" w:after="1000"/>') +
          paragraph(text('………………………………………………'), '<w:keepNext/>') +
          paragraph(text(`${label}: ${name ?? '………………………………'}`)),
      ),
    ].join('');
  }
}

function table({ columns, rows, total }: Extract<Part, { kind: 'table' }>): string {
  const shares = columns.map(({ kind }) => SHARES[kind]);
  const whole = shares.reduce((sum, one) => sum + one, 0);
  const widths = shares.map(one => Math.floor((TEXT_WIDTH * one) / whole));
  const cell = (value: string, i: number, bold: boolean): string =>
    `<w:tc><w:tcPr><w:tcW w:w="${widths[i]}" w:type="dxa"/></w:tcPr>${paragraph(text(value, bold), columns[i]!.kind === 'number' ? '<w:jc w:val="right"/>' : '')}</w:tc>`;
  const row = (cells: readonly string[], bold: boolean, more = ''): string =>
    `<w:tr><w:trPr><w:cantSplit/>${more}</w:trPr>${cells.map((value, i) => cell(value, i, bold)).join('')}</w:tr>`;
  const edges = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(
    edge => `<w:${edge} w:val="single" w:sz="4" w:space="0" w:color="999999"/>`,
  );
  return [
    `<w:tbl><w:tblPr><w:tblW w:w="${TEXT_WIDTH}" w:type="dxa"/><w:tblBorders>${edges.join('')}</w:tblBorders></w:tblPr><w:tblGrid>${widths.map(one => `<w:gridCol w:w="${one}"/>`).join('')}</w:tblGrid>`,
    row(
      columns.map(({ name }) => name),
      true,
      '<w:tblHeader/>',
    ),
    ...rows.map((cells, i) => row(cells, total === true && i === rows.length - 1)),
    '</w:tbl>',
    paragraph(''),
  ].join('');
}

/** A document as a Word file, which an office changes and prints as it wants. */
export function paperWord(document: PaperDocument): Buffer {
  const writer = new Writer(document);
  const body = writer.body();
  return wordFile({ body, pictures: writer.pictures, page: document.words.page, styles: STYLES });
}
