/** Small pieces of Block Kit, right in every way a test does not name. */

import type { types } from '@slack/bolt';

/** Makes as many as wanted. */
export const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
/** A text of that length. */
export const long = (length: number): string => 'a'.repeat(length);
export const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
export const section = (text: string) => ({ type: 'section', text: plain(text) });
export const actions = (...elements: object[]) => ({ type: 'actions', elements });
export const button = (more: object = {}, id = 'b') => ({ type: 'button', action_id: id, text: plain('Ya'), ...more });
export const option = (value: string, text = 'Satu') => ({ text: plain(text), value });
export const menu = (more: object) => ({ type: 'static_select', action_id: 'm', placeholder: plain('Pilih'), ...more });
export const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain('Judul'),
  element,
  ...more,
});
export const text = (more: object = {}) => ({ type: 'plain_text_input', action_id: 'v', ...more });
export const row = (...cells: string[]) => cells.map(cell => ({ type: 'raw_text', text: cell }));
export const table = (rows: object[]) => ({ type: 'table', rows });
export const dataTable = (more: object = {}) => ({
  ...{ type: 'data_table', caption: 'Isu', rows: [row('A'), row('1')] },
  ...more,
});
export const pie = (count: number) => ({
  type: 'data_visualization',
  title: 'Suara',
  chart: { type: 'pie', segments: times(count, i => ({ label: `${i}`, value: i })) },
});
export const confirm = (more: object): object => ({
  ...{ title: plain('Yakin?'), text: plain('a'), confirm: plain('Ya'), deny: plain('Tidak') },
  ...more,
});
/** A modal without any input. */
export const modal = (title: string): types.ModalView => ({ type: 'modal', title: plain(title), blocks: [] });
