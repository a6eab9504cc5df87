import { isObject, type Json, type JsonObject, objectsOf, textOf } from '../../discord/json.ts';
import type { Path, Problems } from './problems.ts';
import { checkRichText, richWords } from './rich-text.ts';

interface TableRule {
  readonly least: number;
  readonly most: number;
  readonly characters: number;
}

/** A table: at most 100 rows of 20 cells. https://docs.slack.dev/reference/block-kit/blocks/table-block */
export function checkTable(p: Problems, at: Path, block: JsonObject): void {
  checkRows(p, at, block, { least: 1, most: 100, characters: 10_000 });
  p.list([...at, 'column_settings'], block.column_settings, { min: 0, max: 20 }).forEach((item, i) => {
    if (item === null) return;
    const column = p.object([...at, 'column_settings', i], item);
    if (!column) return;
    p.only([...at, 'column_settings', i], column, ['align', 'is_wrapped']);
    p.oneOf([...at, 'column_settings', i, 'align'], column.align, ['left', 'center', 'right']);
    p.flag([...at, 'column_settings', i, 'is_wrapped'], column.is_wrapped);
  });
}

/** A table with pages and sorting. https://docs.slack.dev/reference/block-kit/blocks/data-table-block */
export function checkDataTable(p: Problems, at: Path, block: JsonObject): void {
  const rows = checkRows(p, at, block, { least: 2, most: 201, characters: 20_000 });
  p.string([...at, 'caption'], block.caption, { max: 3000, required: true });
  p.whole([...at, 'page_size'], block.page_size, { min: 1, max: 100 });
  const [head] = rows;
  const width = Array.isArray(head) ? head.length : 1;
  p.whole([...at, 'row_header_column_index'], block.row_header_column_index, { min: 0, max: width - 1 });
  objectsOf(head).forEach((cell, i) => {
    if (cell.type === 'rich_text') p.add([...at, 'rows', 0, i, 'type'], 'unsupported type: rich_text');
  });
  rows.forEach((row, i) => {
    if (Array.isArray(row) && row.length !== width) p.add([...at, 'rows', i], `must have ${width} cells`);
  });
}

function checkRows(p: Problems, at: Path, block: JsonObject, rule: TableRule): readonly Json[] {
  const rows = p.list([...at, 'rows'], block.rows, { min: rule.least, max: rule.most, required: true });
  rows.forEach((row, i) => {
    p.list([...at, 'rows', i], row, { min: 1, max: 20 }).forEach((cell, j) => {
      checkCell(p, [...at, 'rows', i, j], cell);
    });
  });
  if (richWords([...rows].flat()).length > rule.characters) {
    p.add([...at, 'rows'], `must be less than ${rule.characters + 1} characters in total`);
  }
  return rows;
}

function checkCell(p: Problems, at: Path, value: Json | undefined): void {
  const cell = p.object(at, value);
  if (!cell) return;
  const type = textOf(cell.type);
  if (type === 'rich_text') checkRichText(p, at, cell);
  else if (type === 'raw_text') p.string([...at, 'text'], cell.text, { min: 1, max: 10_000, required: true });
  else if (type === 'raw_number') {
    if (typeof p.need(at, cell, 'value') !== 'number') p.add([...at, 'value'], 'must provide a number');
  } else p.add([...at, 'type'], `unsupported type: ${type}`);
}

/**
 * A chart: 12 series or segments of 20 points, labels of 20.
 * https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
 */
export function checkChart(p: Problems, at: Path, block: JsonObject): void {
  p.string([...at, 'title'], block.title, { max: 50, required: true });
  const chart = p.object([...at, 'chart'], block.chart, { required: true });
  if (!chart) return;
  const here = [...at, 'chart'];
  if (chart.type === 'pie') return void checkPoints(p, [...here, 'segments'], chart.segments, 12);
  p.oneOf([...here, 'type'], chart.type ?? '', ['pie', 'bar', 'line', 'area']);
  const axis = p.object([...here, 'axis_config'], chart.axis_config, { required: true });
  const categories = p.list([...here, 'axis_config', 'categories'], axis?.categories, { max: 20, required: true });
  const series = p.list([...here, 'series'], chart.series, { max: 12, required: true });
  const names = series.map(item => (isObject(item) ? textOf(item.name) : ''));
  series.forEach((item, i) => {
    const one = p.object([...here, 'series', i], item);
    if (!one) return;
    p.string([...here, 'series', i, 'name'], one.name, { max: 20, required: true });
    if (names.indexOf(names[i] ?? '') !== i) p.add([...here, 'series', i, 'name'], 'must be unique');
    checkPoints(p, [...here, 'series', i, 'data'], one.data, 20);
    const labels = objectsOf(one.data).map(point => point.label);
    if (labels.join('\n') !== categories.join('\n')) {
      p.add([...here, 'series', i, 'data'], 'must have one point for each category');
    }
  });
}

function checkPoints(p: Problems, at: Path, value: Json | undefined, max: number): void {
  p.list(at, value, { min: 1, max, required: true }).forEach((item, i) => {
    const point = p.object([...at, i], item);
    if (!point) return;
    p.string([...at, i, 'label'], point.label, { max: 20, required: true });
    if (typeof point.value !== 'number') p.add([...at, i, 'value'], 'must provide a number');
  });
}
