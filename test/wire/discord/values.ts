import { snowflake } from './ids.ts';
import type { Json, JsonObject } from './json.ts';
import type { Attachment, Channel, Guild, Role, User } from './model.ts';
import { renderAttachment, renderChannel, renderMember, renderUser } from './render.ts';
import type { Stage } from './stage.ts';

/** A file a person hands over. */
export interface SentFile {
  readonly filename: string;
  readonly bytes: Uint8Array | string;
  readonly contentType?: string;
}

/** Value that a person can put into an option or field. */
export type Given = string | number | boolean | User | Channel | Role | SentFile;

/** Collects what an interaction mentions, as its `resolved`. */
export class Resolved {
  readonly #stage: Stage;
  readonly #guild: Guild | null;
  readonly #kinds: Record<string, JsonObject> = {};

  constructor(stage: Stage, guild: Guild | null) {
    this.#stage = stage;
    this.#guild = guild;
  }

  /** The value as it travels: ids for things, the bare value for the rest. */
  travel(given: Given): Json {
    if (typeof given !== 'object') return given;
    if ('username' in given) return this.#user(given);
    if ('overwrites' in given) return this.#channel(given);
    if ('permissions' in given) return this.#note('roles', given.id, { id: given.id, name: given.name });
    return this.#file(given);
  }

  /** The `resolved` object, or undefined when nothing was mentioned. */
  json(): JsonObject | undefined {
    return Object.keys(this.#kinds).length > 0 ? this.#kinds : undefined;
  }

  #note(kind: string, id: string, value: JsonObject): string {
    this.#kinds[kind] = { ...this.#kinds[kind], [id]: value };
    return id;
  }

  #user(user: User): string {
    const member = this.#guild?.members.get(user.id);
    if (this.#guild && member) {
      const {
        user: _,
        deaf,
        mute,
        ...partial
      } = renderMember(member, this.#stage.world.guildPermissions(this.#guild, user.id));
      this.#note('members', user.id, partial);
    }
    return this.#note('users', user.id, renderUser(user));
  }

  #channel(channel: Channel): string {
    const { world } = this.#stage;
    const { id, name, type, parent_id, thread_metadata } = renderChannel(channel);
    return this.#note('channels', channel.id, {
      ...{ id, name, type, parent_id },
      ...(thread_metadata ? { thread_metadata } : {}),
      permissions: world.permissionsIn(channel, world.bot).toString(),
      app_permissions: world.permissionsIn(channel, world.bot).toString(),
    });
  }

  #file(file: SentFile): string {
    const bytes = typeof file.bytes === 'string' ? new TextEncoder().encode(file.bytes) : file.bytes;
    const attachment: Attachment = {
      id: snowflake(),
      filename: file.filename,
      description: null,
      contentType: file.contentType ?? 'application/octet-stream',
      bytes,
    };
    this.#stage.world.sentFiles.set(attachment.id, attachment);
    return this.#note('attachments', attachment.id, {
      ...renderAttachment(attachment, this.#stage.origin),
      ephemeral: true,
    });
  }
}
