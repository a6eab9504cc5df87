import { webApi } from '@slack/bolt';
import { bounded, neverArrived } from '../../src/adapter-kit/network-errors.ts';
import type { SendResult } from '../../src/contract/act.ts';
import { unquoted } from '../../src/contract/log.ts';

/** The message that was to be changed or answered is not there any more. */
const MESSAGE_GONE = new Set(['message_not_found', 'thread_not_found']);
/** The channel, or the person who is written to, is not there any more. */
const GONE = new Set([
  'channel_not_found',
  'is_archived',
  'is_inactive',
  'user_not_found',
  'users_not_found',
  'user_disabled',
]);
/** Slack failed inside: the call may have been carried out. */
const UNKNOWN = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);
const LATER = new Set(['ratelimited', 'rate_limited', 'accesslimited', 'team_added_to_org', 'org_login_required']);
/** The workspace does not take our token. One such answer is no verdict: `auth.test` confirms it. */
const REVOKED = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'team_access_not_granted',
]);
/** Slack does not take the message as it is made: it can be said more simply. https://docs.slack.dev/reference/methods/chat.postMessage */
const MALFORMED = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'block_mismatch',
  'invalid_attachments',
  'attachment_payload_limit_exceeded',
  'too_many_attachments',
  'msg_too_long',
  'no_text',
  'view_too_large',
  'invalid_arguments',
  'invalid_array_arg',
  'invalid_post_type',
  'invalid_form_data',
  'json_not_object',
  'request_too_large',
]);
/** A standing message cannot be changed; a new one takes its place. */
const FIXED = new Set(['cant_update_message', 'edit_window_closed']);
/** A window is closed, or shows something else than what was to be changed. */
const REPLACED = new Set(['hash_conflict', 'not_found']);
/** We may not write in the channel, or to the person. What else is refused is the message's own fault. */
const CLOSED = new Set([
  'not_in_channel',
  'cannot_dm_bot',
  'messages_tab_disabled',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_only_channel',
  'user_not_in_channel',
  'as_user_not_supported',
]);
/** Pause where Slack names no time, ms. */
const PAUSE_MS = 30_000;

/** Slack's own names of errors look like this. A proxy's page, which the SDK hands out as a name, does not. */
const CODE = /^[a-z_]+$/;

/** Slack's name of an error, where it is Slack that refused; null where anything else answered in its place. */
export const codeOf = (error: unknown): string | null =>
  error instanceof webApi.WebAPIPlatformError && CODE.test(error.data.error) ? error.data.error : null;

/** A 429 without whole seconds, which the SDK throws without its status. */
const isHurry = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Retry header did not contain a valid timeout');

export const isRevoked = (error: unknown): boolean => REVOKED.has(codeOf(error) ?? '');
export const isMalformed = (error: unknown): boolean => MALFORMED.has(codeOf(error) ?? '');
export const isFixed = (error: unknown): boolean => FIXED.has(codeOf(error) ?? '');
export const isReplaced = (error: unknown): boolean => REPLACED.has(codeOf(error) ?? '');
/** Too late for a form: the trigger lives three seconds and works once. */
export const isLateTrigger = (error: unknown): boolean =>
  /^(expired|exchanged|invalid)_trigger/.test(codeOf(error) ?? '');

/** Maximum of places that are named; one is enough to find the fault. */
const NAMED = 8;

/**
 * Lists what Slack found wrong with a call: its name of the error, and places in the blocks with the rule. What it
 * of people's words is left out.
 */
export function problemsOf(error: unknown): string {
  const said = error instanceof webApi.WebAPIPlatformError ? error.data.response_metadata?.messages : undefined;
  const places = (said ?? []).map(one => unquoted(one).replace(/^\[ERROR\] /, ''));
  return [`Slack ${codeOf(error) ?? 'error'}`, ...places.slice(0, NAMED)].join('; ');
}

/** Returns what an error of the SDK means for a message. */
export function resultOf(error: unknown): SendResult {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { kind: 'later', afterMs: bounded(error.retryAfter * 1_000), detail: 'rate limit' };
  if (isHurry(error)) return { kind: 'later', afterMs: PAUSE_MS, detail: 'rate limit without seconds' };
  const code = codeOf(error);
  if (code) {
    const detail = `Slack ${code}`;
    if (MESSAGE_GONE.has(code)) return { kind: 'gone', detail, of: 'message' };
    if (GONE.has(code)) return { kind: 'gone', detail };
    if (UNKNOWN.has(code)) return { kind: 'unknown', detail };
    if (LATER.has(code)) return { kind: 'later', afterMs: PAUSE_MS, detail };
    if (MALFORMED.has(code)) return { kind: 'invalid', detail: problemsOf(error) };
    return { kind: 'forbidden', detail, ...(!CLOSED.has(code) && { of: 'message' }) };
  }
  if (error instanceof webApi.WebAPIPlatformError) return { kind: 'unknown', detail: 'Slack answered no JSON' };
  if (error instanceof webApi.WebAPIHTTPError) {
    const detail = `Slack HTTP ${error.statusCode}`;
    return error.statusCode >= 500 ? { kind: 'unknown', detail } : { kind: 'forbidden', detail };
  }
  if (neverArrived(error))
    return { kind: 'later', afterMs: PAUSE_MS, detail: 'Slack cannot be reached', of: 'platform' };
  return { kind: 'unknown', detail: error instanceof Error ? error.name : 'unknown' };
}
