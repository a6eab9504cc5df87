import type { types } from '@slack/bolt';
import { encodeInvocation } from '../../src/bot/invocation.ts';
import type { Registry } from '../../src/bot/registry.ts';
import { FILLS } from '../../src/contract/menus.ts';
import type { Control, View } from '../../src/contract/view.ts';
import { plainText } from './text.ts';

/** A row on a phone; Slack takes 25 controls in a block, but shows so many side by side. */
const IN_ROW = 5;
const ROWS = 5;
const LABEL = 75;
const PLACEHOLDER = 150;
const CHOICES = 100;

/** Rows of buttons and menus. Slack refuses an id twice in a message, so each carries its place behind a `#`. */
export function rowsOf(controls: View['controls'], registry: Registry): types.ActionsBlock[] {
  const all = controls.flat().filter(control => control.kind === 'button' || control.choices.length > 0);
  const rows: types.ActionsBlock[] = [];
  for (let i = 0; i < all.length; i += IN_ROW)
    rows.push({
      type: 'actions',
      elements: all.slice(i, i + IN_ROW).map((control, j) => elementOf(control, i + j, registry)),
    });
  return rows.slice(0, ROWS);
}

/** The button that opens a form again with what was typed. */
export const repairRow = (resume: string, label: string): types.ActionsBlock => ({
  type: 'actions',
  elements: [{ type: 'button', style: 'primary', text: plainText(label, LABEL), action_id: `${resume}#fix` }],
});

function elementOf(control: Control, place: number, registry: Registry): types.ActionsBlockElement {
  const wire = encodeInvocation(registry.byId(control.does.action)!, control.does.values);
  if (control.kind === 'button')
    return {
      type: 'button',
      text: plainText(control.label, LABEL),
      action_id: `${wire}#${place}`,
      ...(control.style !== 'plain' && { style: control.style }),
    };
  return {
    type: 'static_select',
    action_id: `s.${control.fills}.${wire}#${place}`,
    placeholder: plainText(control.label, PLACEHOLDER),
    options: control.choices.slice(0, CHOICES).map(({ value, label }) => ({ value, text: plainText(label, LABEL) })),
  };
}

const MENU = new RegExp(`^s\\.(${FILLS})\\.(.+)$`, 's');

/** What stands in an action id: an invocation, and for a menu the options that its value fills; null for another's. */
export function readActionId(id: string): { readonly invocation: string; readonly fills: string | null } | null {
  const wire = /^(.+)#(?:\d+|fix)$/s.exec(id)?.[1];
  if (!wire) return null;
  const menu = MENU.exec(wire);
  return menu ? { invocation: menu[2]!, fills: menu[1]! } : { invocation: wire, fills: null };
}
