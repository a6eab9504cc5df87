import { type Json, type JsonObject, textOf } from '../../discord/json.ts';
import { jsonOf } from '../compose.ts';
import { SlackError } from '../errors.ts';
import type { Team, Token } from '../model.ts';
import type { Stage } from '../stage.ts';
import type { World } from '../world.ts';

/** One call of a method whose token has been found good. */
export interface Call {
  readonly stage: Stage;
  readonly world: World;
  /** The workspace of the bot token. */
  readonly team: Team;
  readonly token: Token;
  readonly args: JsonObject;
}

/** A method that needs a bot token, and perhaps a scope. */
interface BotMethod {
  readonly kind: 'bot';
  readonly scope: string | null;
  readonly handle: (call: Call) => JsonObject;
}

/** Tools of a method without a bot token. */
type OpenCall = Pick<Call, 'stage' | 'world' | 'args'> & { readonly authorization: string };

/** A method that needs no token. */
interface OpenMethod {
  readonly kind: 'open';
  readonly handle: (call: OpenCall) => JsonObject;
}

/** A method that needs the app-level token. */
interface AppMethod {
  readonly kind: 'app';
  readonly handle: (call: OpenCall) => JsonObject;
}

/** A method of the Web API. */
export type Method = BotMethod | OpenMethod | AppMethod;

/** A method for bots. */
export function bot(scope: string | null, handle: BotMethod['handle']): BotMethod {
  return { kind: 'bot', scope, handle };
}

/** A required argument. */
export function need(call: Pick<Call, 'args'>, name: string): string {
  const value = call.args[name];
  const text = typeof value === 'number' ? String(value) : textOf(value);
  if (text === '') throw new SlackError('invalid_arguments', [`[ERROR] missing required field: ${name}`]);
  return text;
}

/** A yes or no among the arguments. */
export function flag(call: Pick<Call, 'args'>, name: string, otherwise = false): boolean {
  const value = call.args[name];
  return value === undefined ? otherwise : ['true', '1'].includes(String(value));
}

/** An argument that may be JSON in a string. */
export function json(call: Pick<Call, 'args'>, name: string): Json | undefined {
  return jsonOf(call.args[name]);
}
