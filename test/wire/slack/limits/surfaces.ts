import { type Json, type JsonObject, objectsOf, textOf } from '../../discord/json.ts';
import { SlackError } from '../errors.ts';
import { checkBlock } from './blocks.ts';
import { Problems } from './problems.ts';
import { checkOptionGroups, checkOptions, checkText } from './texts.ts';

const VIEW_BYTES = 250_000;

/** Refuses the blocks of a message (`invalid_blocks`, `invalid_attachments` for a second table). */
export function checkMessageBlocks(value: Json | undefined): void {
  const p = new Problems();
  p.list(['blocks'], value, { min: 0, max: 50 }).forEach((block, i) => {
    checkBlock(p, ['blocks', i], block, 'message');
  });
  const blocks = objectsOf(value);
  const markdown = blocks.filter(b => b.type === 'markdown').map(b => textOf(b.text).length);
  if (markdown.length > 1 && markdown.reduce((a, b) => a + b, 0) > 12_000) {
    p.add(['blocks'], 'must be less than 12001 characters of markdown in total');
  }
  const charts = blocks.filter(b => b.type === 'data_visualization');
  if (charts.length > 2) p.add(['blocks'], 'too many data_visualization blocks');
  if (p.messages.length > 0) throw new SlackError('invalid_blocks', p.messages);
  if (blocks.filter(b => b.type === 'table').length > 1) {
    throw new SlackError('invalid_attachments', ['[ERROR] only_one_table_allowed [json-pointer:/blocks]']);
  }
}

/** Refuses a view (`invalid_arguments`, `view_too_large`). https://docs.slack.dev/reference/views */
export function checkView(view: JsonObject | null, wanted: 'modal' | 'home'): asserts view is JsonObject {
  if (view === null) throw new SlackError('invalid_arguments', ['[ERROR] must provide an object [json-pointer:/view]']);
  if (Buffer.byteLength(JSON.stringify(view)) > VIEW_BYTES) throw new SlackError('view_too_large');
  const p = new Problems();
  const type = textOf(view.type);
  if (type !== wanted) p.add(['view', 'type'], `unsupported type: ${type}`);
  const common = ['type', 'blocks', 'private_metadata', 'callback_id', 'external_id'];
  const modal = ['title', 'close', 'submit', 'clear_on_close', 'notify_on_close', 'submit_disabled'];
  p.only(['view'], view, wanted === 'modal' ? [...common, ...modal] : common);
  p.string(['view', 'private_metadata'], view.private_metadata, { min: 0, max: 3000 });
  p.string(['view', 'callback_id'], view.callback_id, { min: 0, max: 255 });
  p.string(['view', 'external_id'], view.external_id, { min: 0, max: 255 });
  if (wanted === 'modal') {
    checkText(p, ['view', 'title'], view.title, { max: 24, required: true, plain: true });
    if (view.submit !== undefined) checkText(p, ['view', 'submit'], view.submit, { max: 24, plain: true });
    if (view.close !== undefined) checkText(p, ['view', 'close'], view.close, { max: 24, plain: true });
    p.flag(['view', 'clear_on_close'], view.clear_on_close);
    p.flag(['view', 'notify_on_close'], view.notify_on_close);
  }
  p.list(['view', 'blocks'], view.blocks, { min: 0, max: 100, required: true }).forEach((block, i) => {
    checkBlock(p, ['view', 'blocks', i], block, wanted);
  });
  const asks = objectsOf(view.blocks).findIndex(block => block.type === 'input');
  if (wanted === 'modal' && asks >= 0 && view.submit === undefined) {
    p.add(['view', 'blocks', asks, 'input'], 'must define `submit` to use an `input` block in modals');
  }
  if (p.messages.length === 0) return;
  throw new SlackError('invalid_arguments', [
    '[ERROR] failed to match all allowed schemas [json-pointer:/view]',
    ...p.messages,
  ]);
}

/** Refuses the answer to a menu that loads its options. */
export function checkSuggestions(answer: JsonObject): void {
  const p = new Problems();
  if (answer.option_groups !== undefined) checkOptionGroups(p, ['option_groups'], answer.option_groups);
  else if (!Array.isArray(answer.options) || answer.options.length > 0) {
    checkOptions(p, ['options'], answer.options, { max: 100 });
  }
  if (p.messages.length > 0) throw new SlackError('invalid_options', p.messages);
}
