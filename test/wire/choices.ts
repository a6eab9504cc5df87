/** The words of all choices of the menus in a message, in order: of Discord's components or of Slack's blocks. */
export function choicesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(choicesIn);
  if (typeof value !== 'object' || value === null) return [];
  const { options = [], ...rest } = value as { options?: readonly { label?: string; text?: { text: string } }[] };
  return [...options.map(one => one.label ?? one.text?.text ?? ''), ...Object.values(rest).flatMap(choicesIn)];
}
