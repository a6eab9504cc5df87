import type { Node } from './block-kit.ts';

/** What Slack sends for an input that was filled in. */
export function filled(element: Node, value: unknown): Record<string, unknown> {
  const initial =
    (element.initial_option as Node | undefined)?.value ??
    element.initial_value ??
    element.initial_date ??
    element.initial_time;
  const given = value ?? initial ?? null;
  switch (element.type) {
    case 'static_select':
    case 'external_select':
      return { selected_option: given === null ? null : { value: given } };
    case 'datepicker':
      return { selected_date: given };
    case 'timepicker':
      return { selected_time: given };
    case 'datetimepicker':
      return { selected_date_time: given };
    case 'users_select':
      return { selected_user: given };
    case 'conversations_select':
      return { selected_conversation: given };
    case 'file_input':
      return { files: given ?? [] };
    default:
      return { value: given };
  }
}
