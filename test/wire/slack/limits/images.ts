import type { JsonObject } from '../../discord/json.ts';
import type { Path, Problems } from './problems.ts';

/** Checks a picture, as a block or an element: it needs words for those who do not see it, and one source. */
export function checkImage(p: Problems, at: Path, image: JsonObject): void {
  p.string([...at, 'alt_text'], image.alt_text, { max: 2000, required: true });
  const hasUrl = image.image_url !== undefined;
  if (hasUrl === (image.slack_file !== undefined)) p.add(at, 'must provide exactly one of image_url and slack_file');
  const url = p.string([...at, 'image_url'], image.image_url, { max: 3000 });
  if (url !== '' && !/^https?:\/\//.test(url)) p.add([...at, 'image_url'], 'must be a valid URL');
}
