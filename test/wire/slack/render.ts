import { type JsonObject, textOf } from '../discord/json.ts';
import type { Channel, Message, StoredFile, Team, User, View } from './model.ts';
import type { World } from './world.ts';

/** A person as users.info tells of them to a workspace; strangers carry no locale. */
export function renderUser(user: User, viewer: Team, withLocale: boolean): JsonObject {
  const isStranger = user.teamId !== viewer.id;
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    real_name: user.realName,
    deleted: user.deleted,
    tz: user.timeZone,
    tz_label: user.timeZone,
    tz_offset: offsetSeconds(user.timeZone),
    profile: { real_name: user.realName, display_name: user.name, team: user.teamId },
    is_bot: user.isBot,
    is_app_user: false,
    is_admin: !isStranger && user.isAdmin,
    is_owner: !isStranger && user.isOwner,
    is_primary_owner: false,
    is_restricted: user.isRestricted,
    is_ultra_restricted: user.isUltraRestricted,
    ...(isStranger ? { is_stranger: true } : {}),
    ...(withLocale && !isStranger ? { locale: user.locale } : {}),
    updated: 1_700_000_000,
  };
}

/** A channel as the bot sees it. */
export function renderChannel(channel: Channel, viewer: Team): JsonObject {
  const isShared = channel.sharedWith.size > 0;
  const common = {
    id: channel.id,
    created: 1_700_000_000,
    is_archived: channel.archived,
    is_org_shared: false,
    is_ext_shared: isShared,
    is_shared: isShared,
    context_team_id: viewer.id,
  };
  if (channel.kind === 'im') {
    return {
      ...common,
      is_im: true,
      user: channel.person?.id ?? '',
      is_user_deleted: channel.person?.deleted ?? false,
    };
  }
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_general: false,
    is_member: channel.members.has(viewer.bot.id),
    shared_team_ids: [channel.teamId, ...channel.sharedWith],
    num_members: channel.members.size,
  };
}

/** A message as it stands in payloads and answers. */
export function renderMessage(world: World, message: Message, origin: string): JsonObject {
  const team = world.team(message.teamId);
  const { text, blocks, attachments, files, threadTs, author } = message;
  return {
    type: 'message',
    ...(author.isBot ? { bot_id: team.botId, app_id: world.appId } : {}),
    user: author.id,
    team: author.teamId,
    text,
    ts: message.ts,
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(files.length > 0 ? { files: files.map(f => renderFile(f, origin)) } : {}),
    ...(threadTs ? { thread_ts: threadTs } : {}),
    ...(message.history.length > 0 && blocks.length === 0 ? { edited: { user: author.id, ts: message.ts } } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
  };
}

/** A view as it stands in payloads and answers. */
export function renderView(world: World, view: View): JsonObject {
  const team = world.team(view.teamId);
  const { json } = view;
  return {
    id: view.id,
    team_id: view.teamId,
    type: view.type,
    blocks: json.blocks,
    private_metadata: textOf(json.private_metadata),
    callback_id: textOf(json.callback_id),
    external_id: textOf(json.external_id),
    ...(view.type === 'modal'
      ? {
          title: json.title,
          submit: json.submit ?? null,
          close: json.close ?? null,
          clear_on_close: json.clear_on_close === true,
          notify_on_close: json.notify_on_close === true,
        }
      : { title: { type: 'plain_text', text: 'View Title', emoji: true }, close: null, submit: null }),
    state: { values: view.state },
    hash: view.hash,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: world.appId,
    app_installed_team_id: view.teamId,
    bot_id: team.botId,
  };
}

/** A file as Slack tells of it; the bytes are behind `url_private` with the bot's token. */
export function renderFile(file: StoredFile, origin: string): JsonObject {
  const address = `${origin}/files-pri/${file.teamId}-${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.unread > 0 ? '' : file.mimetype,
    filetype: file.unread > 0 ? '' : (file.name.split('.').at(-1) ?? ''),
    user: file.owner.id,
    user_team: file.owner.teamId,
    size: file.length,
    mode: 'hosted',
    is_external: false,
    ...(file.altText === null ? {} : { alt_txt: file.altText }),
    url_private: address,
    url_private_download: `${address}?download=1`,
    channels: file.shared,
  };
}

/** Returns how far a zone is ahead of UTC now, seconds. */
function offsetSeconds(timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts();
  const [, sign = '+', hours = '0', minutes = '0'] =
    /GMT([+-])(\d+):(\d+)/.exec(parts.find(p => p.type === 'timeZoneName')?.value ?? '') ?? [];
  return Number(`${sign}1`) * (Number(hours) * 3600 + Number(minutes) * 60);
}
