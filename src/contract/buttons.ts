import type { Messages } from '../language/messages.ts';
import type { ButtonStyle, Control } from './view.ts';

/** A button: its label by the catalogue's key, and the invocation that it is. */
export const button = (
  m: Messages,
  name: keyof Messages['button'],
  action: string,
  values: Readonly<Record<string, string>> = {},
  style: ButtonStyle = 'plain',
): Control => ({ kind: 'button', name, label: m.button[name], does: { action, values }, style });
