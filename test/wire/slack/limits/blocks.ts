import { type Json, type JsonObject, objectOf, textOf } from '../../discord/json.ts';
import { checkElement, HOSTED, type Surface } from './elements.ts';
import { checkImage } from './images.ts';
import type { Path, Problems } from './problems.ts';
import { checkRichText } from './rich-text.ts';
import { checkChart, checkDataTable, checkTable } from './tables.ts';
import { checkText } from './texts.ts';

interface BlockRule {
  /** Surfaces on which it may stand; left out: everywhere. */
  readonly on?: readonly Surface[];
  readonly keys: readonly string[];
  readonly check: (p: Problems, at: Path, block: JsonObject, surface: Surface) => void;
}

const CONTAINED = [
  ...['actions', 'context', 'divider', 'header', 'image', 'input', 'rich_text', 'section', 'table', 'video'],
];

/** Every block Slack takes, with its limits. https://docs.slack.dev/reference/block-kit/blocks */
const BLOCKS: Readonly<Record<string, BlockRule>> = {
  section: { keys: ['text', 'fields', 'accessory', 'expand'], check: checkSection },
  header: {
    keys: ['text', 'level'],
    check: (p, at, b) => {
      checkText(p, [...at, 'text'], b.text, { max: 150, required: true, plain: true });
      p.whole([...at, 'level'], b.level, { min: 1, max: 4 });
    },
  },
  divider: { keys: [], check: () => {} },
  image: {
    keys: ['image_url', 'alt_text', 'title', 'slack_file'],
    check: (p, at, b) => {
      checkImage(p, at, b);
      if (b.title !== undefined) checkText(p, [...at, 'title'], b.title, { max: 2000, plain: true });
    },
  },
  context: {
    keys: ['elements'],
    check: (p, at, b) =>
      p.list([...at, 'elements'], b.elements, { min: 1, max: 10, required: true }).forEach((item, i) => {
        const here = [...at, 'elements', i];
        if (objectOf(item).type === 'image') checkElement(p, here, item, ['image'], 'message');
        else checkText(p, here, item, { max: 3000 });
      }),
  },
  actions: {
    keys: ['elements'],
    check: (p, at, b, surface) =>
      p.list([...at, 'elements'], b.elements, { min: 1, max: 25, required: true }).forEach((item, i) => {
        checkElement(p, [...at, 'elements', i], item, HOSTED.actions, surface);
      }),
  },
  input: { keys: ['label', 'element', 'hint', 'optional', 'dispatch_action'], check: checkInput },
  rich_text: { keys: ['elements'], check: checkRichText },
  markdown: {
    on: ['message'],
    keys: ['text'],
    check: (p, at, b) => void p.string([...at, 'text'], b.text, { max: 12_000, required: true }),
  },
  table: { on: ['message'], keys: ['rows', 'column_settings'], check: checkTable },
  data_table: {
    on: ['message', 'home'],
    keys: ['rows', 'caption', 'page_size', 'row_header_column_index'],
    check: checkDataTable,
  },
  data_visualization: { on: ['message'], keys: ['title', 'chart'], check: checkChart },
  card: { keys: ['hero_image', 'icon', 'slack_icon', 'title', 'subtitle', 'body', 'actions'], check: checkCard },
  carousel: {
    on: ['message', 'home'],
    keys: ['elements'],
    check: (p, at, b, surface) =>
      p.list([...at, 'elements'], b.elements, { min: 1, max: 10, required: true }).forEach((item, i) => {
        checkBlock(p, [...at, 'elements', i], item, surface, ['card']);
      }),
  },
  container: {
    on: ['message', 'home'],
    keys: [
      ...['title', 'rich_text_title', 'subtitle', 'child_blocks', 'width', 'icon', 'is_collapsible'],
      ...['default_collapsed', 'has_header_divider'],
    ],
    check: checkContainer,
  },
  alert: {
    on: ['modal'],
    keys: ['text', 'level'],
    check: (p, at, b) => {
      checkText(p, [...at, 'text'], b.text, { max: 200, required: true });
      p.oneOf([...at, 'level'], b.level, ['default', 'info', 'warning', 'error', 'success']);
    },
  },
  context_actions: {
    on: ['message'],
    keys: ['elements'],
    check: (p, at, b) => void p.list([...at, 'elements'], b.elements, { min: 1, max: 5, required: true }),
  },
  task_card: { on: ['message'], keys: ['task_id', 'title', 'details', 'output', 'sources', 'status'], check: () => {} },
  plan: { on: ['message'], keys: ['title', 'tasks'], check: () => {} },
  video: {
    keys: [
      ...['video_url', 'thumbnail_url', 'alt_text', 'title', 'title_url', 'author_name', 'provider_name'],
      ...['provider_icon_url', 'description'],
    ],
    check: (p, at, b) => {
      checkText(p, [...at, 'title'], b.title, { max: 199, required: true, plain: true });
      for (const key of ['video_url', 'thumbnail_url', 'alt_text']) p.need(at, b, key);
    },
  },
};

/** One block on a surface, or inside another block that takes only some kinds. */
export function checkBlock(
  p: Problems,
  at: Path,
  value: Json | undefined,
  surface: Surface,
  allowed?: readonly string[],
): void {
  const block = p.object(at, value);
  if (!block) return;
  const type = textOf(block.type);
  const rule = BLOCKS[type];
  const fits = rule && (rule.on?.includes(surface) ?? true) && (allowed?.includes(type) ?? true);
  if (!fits) return void p.add([...at, 'type'], `unsupported type: ${type}`);
  p.only(at, block, ['type', 'block_id', ...rule.keys]);
  const blockId = p.string([...at, 'block_id'], block.block_id, { max: 255 });
  if (blockId !== '' && p.blockIds.has(blockId)) p.add([...at, 'block_id'], `\`block_id\` "${blockId}" already exists`);
  p.blockIds.add(blockId);
  if (surface !== 'message') p.actionIds.clear();
  rule.check(p, at, block, surface);
}

function checkSection(p: Problems, at: Path, block: JsonObject, surface: Surface): void {
  if (block.text === undefined && block.fields === undefined) p.missing([...at, 'text']);
  if (block.text !== undefined) checkText(p, [...at, 'text'], block.text, { max: 3000 });
  p.list([...at, 'fields'], block.fields, { min: 1, max: 10 }).forEach((field, i) => {
    checkText(p, [...at, 'fields', i], field, { max: 2000 });
  });
  p.flag([...at, 'expand'], block.expand);
  if (block.accessory !== undefined) checkElement(p, [...at, 'accessory'], block.accessory, HOSTED.section, surface);
}

function checkInput(p: Problems, at: Path, block: JsonObject, surface: Surface): void {
  checkText(p, [...at, 'label'], block.label, { max: 2000, required: true, plain: true });
  if (block.hint !== undefined) checkText(p, [...at, 'hint'], block.hint, { max: 2000, plain: true });
  p.flag([...at, 'optional'], block.optional);
  p.flag([...at, 'dispatch_action'], block.dispatch_action);
  if (block.element === undefined) return void p.missing([...at, 'element']);
  checkElement(p, [...at, 'element'], block.element, HOSTED.input, surface);
  if (block.dispatch_action === true && objectOf(block.element).type === 'file_input') {
    p.add([...at, 'dispatch_action'], 'must not be true with file_input');
  }
}

function checkCard(p: Problems, at: Path, block: JsonObject, surface: Surface): void {
  const filled = ['hero_image', 'title', 'actions', 'body'].some(key => block[key] !== undefined);
  if (!filled) p.add(at, 'must provide at least one of hero_image, title, actions, body');
  for (const [key, max] of [['title', 150] as const, ['subtitle', 150] as const, ['body', 200] as const]) {
    if (block[key] !== undefined) checkText(p, [...at, key], block[key], { max });
  }
  for (const key of ['hero_image', 'icon']) {
    if (block[key] !== undefined) checkElement(p, [...at, key], block[key], ['image'], surface);
  }
  p.list([...at, 'actions'], block.actions, { min: 1, max: 3 }).forEach((item, i) => {
    checkElement(p, [...at, 'actions', i], item, ['button'], surface);
  });
}

function checkContainer(p: Problems, at: Path, block: JsonObject, surface: Surface): void {
  if (block.title === undefined && block.rich_text_title === undefined) p.missing([...at, 'title']);
  if (block.title !== undefined) checkText(p, [...at, 'title'], block.title, { max: 150, plain: true });
  if (block.subtitle !== undefined) checkText(p, [...at, 'subtitle'], block.subtitle, { max: 150 });
  p.oneOf([...at, 'width'], block.width, ['narrow', 'standard', 'wide', 'full']);
  if (block.default_collapsed === true && block.is_collapsible !== true) {
    p.add([...at, 'default_collapsed'], 'requires is_collapsible');
  }
  p.list([...at, 'child_blocks'], block.child_blocks, { min: 1, max: 10, required: true }).forEach((item, i) => {
    checkBlock(p, [...at, 'child_blocks', i], item, surface, CONTAINED);
  });
}
