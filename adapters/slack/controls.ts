import type { types } from '@slack/bolt';
import { encodeInvocation } from '../../src/bot/invocation.ts';
import type { Registry } from '../../src/bot/registry.ts';
import { FILLS } from '../../src/contract/menus.ts';
import type { Control, View } from '../../src/contract/view.ts';
import { plainText } from './text.ts';

/** Maximum number of controls in a row on a phone; Slack takes 25 in a block. */
const IN_ROW = 5;
const ROWS = 5;
const LABEL = 75;
const SECTION = 3_000;
const PLACEHOLDER = 150;
const CHOICES = 100;

type Menu = Extract<Control, { kind: 'select' }>;

/**
 * Rows of buttons and menus. Slack refuses an id twice in a message, so each carries its place behind a `#`. A menu in
 * which several may be ticked stands in a section of its own: rows take none.
 * https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element
 */
export function rowsOf(controls: View['controls'], registry: Registry): (types.ActionsBlock | types.SectionBlock)[] {
  const all = controls.flat().filter(control => control.kind === 'button' || control.choices.length > 0);
  const isMany = (control: Control): control is Menu => control.kind === 'select' && control.most !== undefined;
  const single = all.filter(control => !isMany(control));
  const rows: types.ActionsBlock[] = [];
  for (let i = 0; i < single.length; i += IN_ROW)
    rows.push({
      type: 'actions',
      elements: single.slice(i, i + IN_ROW).map((control, j) => elementOf(control, i + j, registry)),
    });
  const many = all.filter(isMany).map((menu, i) => manyOf(menu, single.length + i, registry));
  return [...many, ...rows].slice(0, ROWS);
}

/** One thing as a section with its first button beside it; others stand below. */
export function sectionOf(line: string, own: readonly Control[], registry: Registry): types.AnyBlock[] {
  const [first, ...others] = own;
  const accessory = first && elementOf(first, 0, registry);
  const section: types.SectionBlock = {
    type: 'section',
    text: plainText(line, SECTION),
    ...(accessory && { accessory: accessory as types.Button }),
  };
  return [section, ...rowsOf([others], registry)];
}

/** The buttons of a view that stand beside no entry of its lists. */
export function besides({ blocks, controls }: View): Control[] {
  const own = blocks.flatMap(block => (block.kind === 'list' ? (block.own ?? []).flat() : []));
  const keys = new Set(own.map(keyOf));
  return controls.flat().filter(control => !keys.has(keyOf(control)));
}

const keyOf = ({ kind, does }: Control): string => JSON.stringify([kind, does.action, does.values]);

const optionOf = ({ value, label }: Menu['choices'][number]): types.PlainTextOption => ({
  value,
  text: plainText(label, LABEL),
});

/** A menu in which several may be ticked, beside its words. */
function manyOf(menu: Menu, place: number, registry: Registry): types.SectionBlock {
  const ticked = menu.choices.filter(choice => menu.chosen?.includes(choice.value)).map(optionOf);
  return {
    type: 'section',
    text: plainText(menu.label, PLACEHOLDER),
    accessory: {
      type: 'multi_static_select',
      action_id: menuId(menu, place, registry),
      placeholder: plainText(menu.label, PLACEHOLDER),
      max_selected_items: menu.most ?? 1,
      options: menu.choices.slice(0, CHOICES).map(optionOf),
      ...(ticked.length > 0 && { initial_options: ticked }),
    },
  };
}

const wireOf = (control: Control, registry: Registry): string =>
  encodeInvocation(registry.byId(control.does.action)!, control.does.values);

const menuId = (menu: Menu, place: number, registry: Registry): string =>
  `s.${menu.fills}.${wireOf(menu, registry)}#${place}`;

/** The button that opens a form again with what was typed. */
export const repairRow = (resume: string, label: string): types.ActionsBlock => ({
  type: 'actions',
  elements: [{ type: 'button', style: 'primary', text: plainText(label, LABEL), action_id: `${resume}#fix` }],
});

function elementOf(control: Control, place: number, registry: Registry): types.ActionsBlockElement {
  const wire = wireOf(control, registry);
  if (control.kind === 'button')
    return {
      type: 'button',
      text: plainText(control.label, LABEL),
      action_id: `${wire}#${place}`,
      ...(control.style !== 'plain' && { style: control.style }),
    };
  return {
    type: 'static_select',
    action_id: menuId(control, place, registry),
    placeholder: plainText(control.label, PLACEHOLDER),
    options: control.choices.slice(0, CHOICES).map(optionOf),
    ...initialOf(control),
  };
}

/** Returns what is ticked already in a menu that takes one. */
function initialOf({ choices, chosen }: Menu): { initial_option?: types.PlainTextOption } {
  const ticked = choices.find(choice => choice.value === chosen?.[0]);
  return ticked ? { initial_option: optionOf(ticked) } : {};
}

const MENU = new RegExp(`^s\\.(${FILLS})\\.(.+)$`, 's');

/** Reads an action id: an invocation, and for a menu the options that its value fills; null for another's. */
export function readActionId(id: string): { readonly invocation: string; readonly fills: string | null } | null {
  const wire = /^(.+)#(?:\d+|fix)$/s.exec(id)?.[1];
  if (!wire) return null;
  const menu = MENU.exec(wire);
  return menu ? { invocation: menu[2]!, fills: menu[1]! } : { invocation: wire, fills: null };
}
