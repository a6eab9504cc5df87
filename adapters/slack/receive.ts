import { createHash } from 'node:crypto';
import type { Act, Ask, FileRef, Given, Identity, Place, Raw } from '../../src/contract/act.ts';
import { chosenIn } from '../../src/contract/menus.ts';
import { readActionId } from './controls.ts';
import type { Directory, Hint } from './directory.ts';
import { channelIn, memberIn } from './line.ts';

/** Describes what our handlers read of Slack's payloads; all else is left alone. */
export interface Payload {
  readonly trigger_id?: string;
  readonly response_url?: string;
  readonly team?: Team | null;
  readonly user?: {
    readonly id: string;
    readonly name?: string;
    readonly username?: string;
    readonly team_id?: string;
  };
  readonly channel?: { readonly id: string } | null;
  readonly container?: {
    readonly message_ts?: string;
    readonly thread_ts?: string;
    readonly type?: string;
    readonly is_ephemeral?: boolean;
  };
  readonly message?: {
    readonly ts?: string;
    readonly thread_ts?: string;
    readonly text?: string;
    readonly user?: string;
  };
  readonly view?: ViewPayload;
  readonly actions?: readonly ActionPayload[];
}

/** Reads a payload; of one that names nobody there is no person. */
export const payload = (body: unknown): Payload => {
  const { user, ...rest } = body as Payload;
  return user && isPerson(user.id) ? { ...rest, user } : rest;
};

/** Tells whether an id names a person: a signed payload may leave it out, and then it is nobody's act. */
export const isPerson = (id: unknown): id is string => typeof id === 'string' && id !== '';

/** The workspace in which something was done. */
interface Team {
  readonly id?: string;
  readonly domain?: string;
}

/** A workspace's own part of its address; of an enterprise, which has several, none. */
export const domainOf = (workspace: string, team: Team | null | undefined): string | undefined =>
  team?.id === workspace ? team.domain : undefined;

export interface ViewPayload {
  readonly id: string;
  readonly hash?: string;
  readonly type: string;
  readonly callback_id?: string;
  readonly private_metadata?: string;
  readonly blocks?: readonly { readonly type: string; readonly block_id?: string }[];
  readonly state?: { readonly values: Readonly<Record<string, Readonly<Record<string, Input>>>> };
}

interface ActionPayload {
  readonly action_id: string;
  readonly action_ts?: string;
  readonly selected_option?: { readonly value: string } | null;
  readonly selected_options?: readonly { readonly value: string }[] | null;
}

/** A filled input of a form; which of these is there depends on the kind of input. */
interface Input {
  readonly type?: string;
  readonly value?: string | null;
  readonly selected_option?: { readonly value: string } | null;
  readonly selected_date?: string | null;
  readonly selected_date_time?: number | null;
  readonly selected_time?: string | null;
  readonly selected_user?: string | null;
  readonly selected_users?: readonly string[] | null;
  readonly selected_options?: readonly { readonly value: string }[] | null;
  readonly selected_conversation?: string | null;
  readonly files?: readonly {
    readonly id?: string;
    readonly name?: string;
    readonly mimetype?: string;
    readonly size?: number;
    readonly url_private?: string;
    readonly url_private_download?: string;
  }[];
}

/** Describes who acts and where, of a payload whose person was looked up. */
export interface Origin {
  readonly workspace: string;
  /** The workspace's own part of its address. */
  readonly domain?: string | undefined;
  readonly channel: string | null;
  readonly thread?: string | undefined;
  /** The message whose button was pressed. */
  readonly message?: string | undefined;
  readonly channelName?: string | undefined;
  readonly who: Identity;
  readonly directory: Directory;
}

/** Slack's direct messages have ids of their own; for us they are no channel. */
const publicChannel = (id: string | null | undefined): string | null => (id && !id.startsWith('D') ? id : null);

const placeOf = ({
  workspace,
  domain,
  channel,
  thread,
  message,
  channelName,
}: Pick<Origin, 'workspace' | 'domain' | 'channel' | 'thread' | 'message' | 'channelName'>): Place => ({
  platform: 'slack',
  workspace,
  ...(domain && { workspaceName: `${domain}.slack.com` }),
  channel: publicChannel(channel),
  ...(channelName && { channelName }),
  // A message's own name is only unique within its channel.
  ...(message && channel && { message: `${channel}/${message}` }),
  ...(thread && { thread }),
});

/** An act; `key` tells it from all others, also when Slack delivers it again. */
export const actOf = (origin: Origin, key: string, ask: Ask): Act => ({
  key: `slack:${origin.workspace}:${key}`,
  place: placeOf(origin),
  who: origin.who,
  ask,
  memberOf: typed => memberIn(typed, origin.directory),
  channelOf: typed => channelIn(typed, origin.directory),
  lacks: channel => origin.directory.lacks(channel),
});

/** Returns what a payload says of the person. */
export const hintOf = ({ user }: Payload): Hint => ({
  id: user?.id ?? '',
  name: user?.name ?? user?.username,
  team: user?.team_id,
});

/** Returns what pressing a button or choosing in a menu asks for; null where the control is none of ours. */
export function pressedOf(action: ActionPayload): Ask | null {
  const read = readActionId(action.action_id);
  if (!read) return null;
  const { invocation, fills } = read;
  const several = action.selected_options?.map(option => option.value).join(';');
  const chosen = action.selected_option?.value ?? several;
  if (!fills) return { kind: 'pressed', invocation };
  return { kind: 'pressed', invocation, given: chosenIn(fills, chosen ?? '') };
}

/**
 * One press is one act, however often Slack tells of it. The key is stored beside what the act did, so it says nothing of
 * what was pressed, which may be a secret choice, and does not name who pressed.
 */
export const pressKey = (body: Payload): string => {
  const [action] = body.actions ?? [];
  const press = [body.user?.id, body.container?.message_ts ?? body.view?.id, action?.action_ts ?? body.trigger_id];
  return createHash('sha256').update(JSON.stringify(press)).digest('hex').slice(0, 32);
};

/**
 * A form that is sent again unchanged is the same act. Changed in between, it is another one: what was typed last is
 * never dropped for what was saved first. As a digest it tells nothing of what was typed.
 */
export const submitKey = (body: Payload): string => {
  const { view, user } = body;
  return `${hashOf([user?.id, view?.id, view?.hash])}.${hashOf(view?.state?.values ?? null)}`;
};

/** Names the form of such a key, as it was shown: what is sent of it again has the same. */
export const formOf = (key: string): string => key.slice(0, key.lastIndexOf('.') + 1);

const hashOf = (what: unknown): string => createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 32);

/** Reads a filled form by option; empty inputs are absent. People it names are looked up at its sender's cost. */
export async function givenOf(view: ViewPayload, directory: Directory, by: string): Promise<Given> {
  const given: Record<string, Raw> = {};
  for (const [option, inputs] of Object.entries(view.state?.values ?? {}))
    for (const input of Object.values(inputs)) {
      const raw = await rawOf(input, directory, by);
      if (raw) given[option] = raw;
    }
  return given;
}

/** A file that was handed in. Of one from another workspace Slack tells no more than its id. */
const fileOf = (file: NonNullable<Input['files']>[number]): FileRef => ({
  name: file.name ?? 'file',
  type: file.mimetype ?? '',
  size: file.size ?? 0,
  url: file.url_private_download ?? file.url_private ?? '',
  ...(file.id && { id: file.id }),
});

/** An instant, given in seconds; what lies beyond all calendars stays a number, which no option takes. */
function instantOf(seconds: number): string {
  const at = new Date(seconds * 1_000);
  return Number.isNaN(at.getTime()) ? String(seconds) : at.toISOString();
}

async function rawOf(input: Input, directory: Directory, by: string): Promise<Raw | null> {
  if (input.selected_user) return { account: await directory.mentioned({ id: input.selected_user }, by) };
  const people: Identity[] = [];
  for (const id of input.selected_users ?? []) people.push(await directory.mentioned({ id }, by));
  const [account, ...others] = people;
  if (account) return { account, ...(others.length && { also: others }) };
  if (input.selected_conversation) return { channel: await directory.channel(input.selected_conversation, by) };
  const [file, ...also] = (input.files ?? []).map(fileOf);
  if (file) return { file, ...(also.length && { also }) };
  const typed =
    input.value ??
    input.selected_option?.value ??
    input.selected_options?.map(one => one.value).join(', ') ??
    input.selected_date ??
    input.selected_time ??
    (input.selected_date_time ? instantOf(input.selected_date_time) : '');
  return typed.trim() === '' ? null : { typed };
}
