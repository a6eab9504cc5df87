import { type Json, type JsonObject, objectOf, objectsOf, textOf } from '../discord/json.ts';
import { SlackError } from './errors.ts';
import type { StoredFile, Team } from './model.ts';
import type { World } from './world.ts';

/** A picture as a person sees it, with its words. */
export interface ShownPicture {
  readonly alt: string;
  readonly file: StoredFile;
}

const imagesIn = (blocks: Json | undefined): JsonObject[] => objectsOf(blocks).filter(one => one.type === 'image');

/** https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object */
function fileOf(world: World, team: Team, image: JsonObject): StoredFile | null {
  const { id, url } = objectOf(image.slack_file);
  if ((id === undefined) === (url === undefined)) return null;
  const file = [...world.files.values()].find(one => one.id === textOf(id) || (url && textOf(url).includes(one.id)));
  const ready = file?.teamId === team.id && file.bytes !== null && file.unread === 0;
  return ready && /^image\/(png|jpeg|gif)$/.test(file.mimetype) ? file : null;
}

/** Refuses pictures from Slack's own store that are not there, not the app's, not read yet, or no pictures. */
export function checkSlackFiles(world: World, team: Team, blocks: Json | undefined): void {
  const faults = objectsOf(blocks).flatMap((one, i) =>
    one.type === 'image' && one.slack_file !== undefined && !fileOf(world, team, one)
      ? [`[ERROR] invalid slack file [json-pointer:/blocks/${i}/slack_file]`]
      : [],
  );
  // A file that was handed in with a form and shared nowhere opens for its uploader and the app alone: to link it helps
  // nobody. https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
  const said = JSON.stringify(blocks ?? null);
  for (const { id, teamId, shared } of world.files.values())
    if (!shared.length && said.includes(`/files-pri/${teamId}-${id}/`))
      faults.push(`[ERROR] a link that only the uploader of ${id} can open`);
  if (faults.length) throw new SlackError('invalid_blocks', faults);
}

/** The pictures of a message or window, in order. */
export const picturesIn = (world: World, team: Team, blocks: Json | undefined): ShownPicture[] =>
  imagesIn(blocks).flatMap(image => {
    const file = fileOf(world, team, image);
    return file ? [{ alt: textOf(image.alt_text), file }] : [];
  });
