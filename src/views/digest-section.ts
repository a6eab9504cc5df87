import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import type { Block, Control } from '../contract/view.ts';

/** Maximum number of entries of one kind in a list. */
export const LISTED = 10;
const ROW = 5;

/** Buttons in rows that both platforms can hold; a step that several sections call for is offered once. */
export function rowsOf(buttons: readonly Control[]): Control[][] {
  const once = [...new Map(buttons.map(one => [JSON.stringify(one.does), one])).values()];
  return Array.from({ length: Math.ceil(once.length / ROW) }, (_, i) => once.slice(i * ROW, (i + 1) * ROW));
}

/** A button that says what it shows, since a digest has many. */
export function see(
  context: RenderContext,
  what: string,
  action: string,
  values: Readonly<Record<string, string>> = {},
): Control {
  return { ...button(context.m, 'showRecord', action, values), label: context.m.digest.see({ what }) };
}

export interface Section {
  readonly blocks: (Block | null)[];
  /** The next step that a section calls for. */
  readonly next: Control[];
}

export const NOTHING: Section = { blocks: [], next: [] };
