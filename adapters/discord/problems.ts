import { DiscordAPIError } from 'discord.js';

type Tree = Readonly<Record<string, unknown>>;

/** Maximum of places that are named; one is enough to find the fault. */
const NAMED = 8;

/**
 * Lists what Discord found wrong with a request, by place and its own name of the rule: `components.0.options.1.value
 * SELECT_COMPONENT_OPTION_VALUE_DUPLICATED`. Its sentences are left out, since they quote what people wrote.
 * https://docs.discord.com/developers/reference#error-messages
 */
export function problemsOf(error: unknown): string {
  if (!(error instanceof DiscordAPIError)) return 'unknown';
  const { errors } = error.rawError as { errors?: unknown };
  return [`Discord ${error.code}`, ...places(errors, []).slice(0, NAMED)].join('; ');
}

function places(tree: unknown, path: readonly string[]): string[] {
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree as Tree).flatMap(([key, inner]) => {
    if (key !== '_errors') return places(inner, [...path, key]);
    const codes = (inner as readonly { readonly code?: unknown }[]).map(one => String(one.code));
    return codes.map(code => `${path.join('.')} ${code}`);
  });
}

/** Errors of messages that were made wrongly: malformed, empty or too large. https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const MALFORMED = new Set<number | string>([40005, 50006, 50035, 50045, 50046, 50109]);

/** Tells whether Discord refused what we made of a message, and not us, the person or the place. */
export const isMalformed = (error: unknown): boolean => error instanceof DiscordAPIError && MALFORMED.has(error.code);
