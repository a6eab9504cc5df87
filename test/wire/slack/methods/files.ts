import { type JsonObject, objectsOf, textOf } from '../../discord/json.ts';
import { compose, POSTING, post } from '../compose.ts';
import { SlackError } from '../errors.ts';
import { slackId } from '../ids.ts';
import { mimeOf } from '../mime.ts';
import type { StoredFile } from '../model.ts';
import { renderFile } from '../render.ts';
import { bot, type Call, json, type Method, need } from './call.ts';
import { postable } from './chat.ts';

/** Slack reads a file after it has been taken in: whoever asks at once is told that it is not yet. */
const UNREAD = 2;

/** Files, in the three steps of https://docs.slack.dev/messaging/working-with-files#upload */
export const files: Record<string, Method> = {
  'files.getUploadURLExternal': bot('files:write', call => {
    const { world, team, stage } = call;
    const name = need(call, 'filename');
    const length = Number(need(call, 'length'));
    if (!Number.isInteger(length) || length <= 0) throw new SlackError('invalid_arguments', ['[ERROR] length']);
    const file: StoredFile = {
      id: slackId('F'),
      teamId: team.id,
      owner: team.bot,
      name,
      title: name,
      mimetype: mimeOf(name),
      altText: altOf(call),
      bytes: null,
      length,
      created: Math.floor(Date.now() / 1000),
      unread: UNREAD,
      shared: [],
    };
    world.files.set(file.id, file);
    return { upload_url: `${stage.origin}/upload/v1/${file.id}`, file_id: file.id };
  }),
  'files.completeUploadExternal': bot('files:write', call => {
    const { world, team, args, stage } = call;
    const given = objectsOf(json(call, 'files'));
    if (given.length === 0) throw new SlackError('invalid_arguments', ['[ERROR] missing required field: files']);
    const uploaded = given.map(one => finished(call, one));
    const id = textOf(args.channel_id);
    if (id !== '') {
      const channel = postable(call, id);
      const said: JsonObject = { text: args.initial_comment, blocks: args.blocks, thread_ts: args.thread_ts };
      post(world, { team, channel, author: team.bot }, compose(world, team, said, POSTING, uploaded), said);
      for (const file of uploaded) file.shared.push(channel.id);
    }
    return { files: uploaded.map(file => renderFile(file, stage.origin)) };
  }),
  'files.info': bot('files:read', call => {
    const file = call.world.files.get(need(call, 'file'));
    if (!file || file.teamId !== call.team.id) throw new SlackError('file_not_found');
    if (file.bytes !== null && file.unread > 0) file.unread -= 1;
    return { file: renderFile(file, call.stage.origin) };
  }),
};

function altOf({ args }: Call): string | null {
  const alt = textOf(args.alt_txt) || textOf(args.alt_text);
  if (alt.length > 1_000) throw new SlackError('alt_txt_too_large');
  return alt || null;
}

function finished({ world, team }: Call, given: JsonObject): StoredFile {
  const file = world.files.get(textOf(given.id));
  if (!file || file.teamId !== team.id || file.bytes === null) throw new SlackError('file_not_found');
  file.title = textOf(given.title) || file.title;
  return file;
}
