import { createHmac } from 'node:crypto';
import { registryOf } from '../../src/app/app.ts';
import { printLine } from '../../src/bot/parse.ts';
import { aSlackApp, SECRET } from '../slack/app.ts';
import { wanted, wireOf } from './ask.ts';
import type { Problem } from './core.ts';
import { CANARY, fillForum } from './forum.ts';
import { mutated, type Random, text } from './random.ts';

type Json = null | string | number | boolean | Json[] | { [key: string]: Json };

const registry = registryOf();
/** Bolt waits this long for whoever does not answer; nothing may take longer. */
const PATIENCE_MS = 30_000;
const FORM = 'application/x-www-form-urlencoded';

/** The bot on the real Bolt over HTTP: bodies that are signed as Slack signs them, with anything in them. */
export async function aFuzzedSlack() {
  const app = await aSlackApp('http');
  const { slack, ana, budi, channel, port } = app;
  await fillForum(app.store, 'dua', CANARY);
  const own = await app.setUp();
  const respond = new URL(String(own.payload.response_url));
  /** Calls that have been read already. */
  let read = 0;
  const leaked = (): string | undefined => {
    const fresh = slack.calls.slice(read);
    read = slack.calls.length;
    const call = fresh.find(({ args }) => JSON.stringify(args).includes(CANARY));
    return call && `${call.method} ${JSON.stringify(call.args)}`;
  };
  let n = 0;

  const who = (r: Random) => {
    const user = r.pick([ana, budi]);
    return { id: user.id, name: user.name, username: user.name, team_id: slack.team.id };
  };

  /** One of the things Slack sends, before it is spoilt. */
  function body(r: Random): { kind: 'form' | 'payload' | 'json'; value: { [key: string]: Json } } {
    const { path, values } = wanted(r, registry);
    const line = printLine(path, values).slice(1);
    const user = who(r);
    const trigger = `fuzz.${++n}`;
    const common = { team: { id: slack.team.id }, user, trigger_id: trigger };
    const where = {
      channel: { id: channel.id },
      container: { type: 'message', message_ts: '1.1' },
      message: { ts: '1.1' },
    };
    const view = {
      id: `V${n}`,
      hash: `h${n}`,
      type: 'modal',
      callback_id: `m.${wireOf(r, registry)}`,
      private_metadata: r.pick([`{"channel":"${channel.id}"}`, text(r), '[]', 'null']),
      blocks: Object.keys(values).map(key => ({ type: 'input', block_id: key })),
      state: {
        values: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value: inputOf(r, value) }])),
      },
    };
    switch (r.below(6)) {
      case 0:
      case 1:
        return {
          kind: 'form',
          value: {
            command: '/rembug',
            text: r.chance(3) ? mutated(r, line) : line,
            user_id: user.id,
            user_name: user.name,
            team_id: slack.team.id,
            channel_id: channel.id,
            trigger_id: trigger,
            response_url: respond.href,
          },
        };
      case 2: {
        const id = `${wireOf(r, registry)}#${r.pick(['0', 'fix', 'x'])}`;
        const action = {
          type: 'button',
          action_id: r.chance(4) ? `s.choice.${id}` : id,
          block_id: 'b',
          action_ts: trigger,
        };
        return { kind: 'payload', value: { type: 'block_actions', ...common, ...where, actions: [action] } };
      }
      case 3:
        return { kind: 'payload', value: { type: 'view_submission', ...common, view } };
      case 4:
        return {
          kind: 'payload',
          value: {
            type: 'block_suggestion',
            ...common,
            view,
            block_id: r.pick(Object.keys(values).concat('x')),
            action_id: 'value',
            value: text(r),
          },
        };
      default: {
        const event = {
          type: r.pick(['app_home_opened', 'user_change', 'channel_rename', 'message']),
          user: user.id,
          tab: 'home',
          channel: channel.id,
        };
        return { kind: 'json', value: { type: 'event_callback', team_id: slack.team.id, event_id: `Ev${n}`, event } };
      }
    }
  }

  /** Sends a body as Slack signs it. */
  function post(raw: string, type: string): Promise<Response> {
    const at = String(Math.floor(Date.now() / 1_000));
    const signature = `v0=${createHmac('sha256', SECRET).update(`v0:${at}:${raw}`).digest('hex')}`;
    return fetch(`http://127.0.0.1:${port}/slack/events`, {
      method: 'POST',
      headers: { 'content-type': type, 'x-slack-request-timestamp': at, 'x-slack-signature': signature },
      body: raw,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  }
  return {
    /** Delivers one body, one in four with something in it left out or of another type. */
    async deliver(r: Random): Promise<Problem | null> {
      // The one address takes every answer.
      slack.world.responseUrls.get(respond.pathname)!.uses = 0;
      const { kind, value } = body(r);
      const sent = r.chance(4) ? (spoilt(r, value) as { [key: string]: Json }) : value;
      const json = JSON.stringify(sent);
      const form = (fields: object) => {
        const pairs = Object.entries(fields).map(([key, one]): [string, string] => [key, String(one)]);
        return new URLSearchParams(pairs).toString();
      };
      const raw = kind === 'json' ? json : kind === 'payload' ? form({ payload: json }) : form(sent);
      const answer = await post(raw, kind === 'json' ? 'application/json' : FORM).catch((error: Error) => error);
      if (answer instanceof Error)
        return {
          what: `cut off: ${answer.cause}; ${app.logged.splice(0).join('; ')}`,
          input: { raw: raw.slice(0, 2_000) },
        };
      const told = await answer.text();
      const input = { raw: raw.slice(0, 2_000) };
      const bug = app.logged.splice(0).find(isOurs);
      if (bug) return { what: `a bug: ${bug}`, input };
      if (answer.status >= 500) return { what: `answered ${answer.status} ${told}`, input };
      const leak = leaked() ?? (told.includes(CANARY) ? told : undefined);
      return leak ? { what: `another forum's data: ${leak}`, input } : null;
    },
    close: () => app[Symbol.asyncDispose](),
  };
}

/** Makes a filled input, in the shape of one of Slack's inputs. */
const inputOf = (r: Random, value: string): { [key: string]: Json } =>
  r.pick<{ [key: string]: Json }>([
    { type: 'plain_text_input', value },
    { type: 'plain_text_input', value: null },
    { type: 'static_select', selected_option: { value } },
    { type: 'datepicker', selected_date: value },
    { type: 'datetimepicker', selected_date_time: r.pick([0, 1_800_000_000, 1e15, -5]) },
    { type: 'users_select', selected_user: r.pick(['U1', 'UNOBODY', value]) },
    { type: 'conversations_select', selected_conversation: r.pick(['C1', value]) },
    { type: 'file_input', files: [{ name: value, mimetype: 'x', size: 1, url_private: value }] },
  ]);

/** The same with one thing somewhere in it left out, or of another type. */
function spoilt(r: Random, value: Json): Json {
  if (value === null || typeof value !== 'object') return r.pick<Json>([null, '', 0, [], {}, text(r), true]);
  if (Array.isArray(value)) return value.length && !r.chance(3) ? [spoilt(r, value[0]!), ...value.slice(1)] : [];
  const keys = Object.keys(value);
  if (!keys.length) return null;
  const key = r.pick(keys);
  if (r.chance(3)) return Object.fromEntries(Object.entries(value).filter(([one]) => one !== key));
  return { ...value, [key]: spoilt(r, value[key]!) };
}

/** A logged failure of ours; Bolt itself stumbles over an id that is no text, and answers that well. */
const isOurs = (line: string): boolean =>
  /"error".*failed|failed.*"error"/.test(line) &&
  (!line.includes('slack event failed') || line.includes('adapters/slack'));
