import { setTimeout as pause } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import { type Painted, PICTURE_TIMEOUTS, type PictureTimeouts, picturesOf } from '../../src/adapter-kit/pictures.ts';
import { withTimeout } from '../../src/adapter-kit/timeout.ts';
import type { Log } from '../../src/contract/log.ts';
import type { Painter } from '../../src/contract/painter.ts';
import type { Block, View } from '../../src/contract/view.ts';
import { cutAt } from '../../src/language/clean.ts';
import { BoundedMap } from '../../src/runtime/bounded-map.ts';
import { codeOf } from './errors.ts';

/** The files of Slack that show the pictures of a view, by their block. */
export type Shown = ReadonlyMap<Block, string>;

export const NONE: Shown = new Map();

/** Slack takes a file in at once and looks at it afterwards; until it has, no message may show it. */
const LOOKS_MS = [0, 150, 350, 700, 1_400, 2_400] as const;
/** Maximum number of remembered uploads. */
const REMEMBERED = 1_000;
/** Maximum length of a file's own words, characters. */
const ALT = 1_000;

/**
 * Pictures in Slack's own store. A picture is uploaded once into a workspace, seen by nobody but us, and may be looked
 * at by anybody who is shown a message that names it. What cannot be painted or uploaded is left to its words.
 */
export class Gallery {
  readonly #painter: Painter;
  readonly #timeouts: PictureTimeouts;
  readonly #log: Log;
  readonly #files = new BoundedMap<string, Promise<string | null>>(REMEMBERED);

  constructor(painter: Painter, log: Log, timeouts = PICTURE_TIMEOUTS) {
    this.#painter = painter;
    this.#timeouts = timeouts;
    this.#log = log;
  }

  /** The pictures of a view, ready to be shown in a workspace; none where that takes longer, but for the next message. */
  async of(client: webApi.WebClient, workspace: string, view: View, kind: keyof PictureTimeouts): Promise<Shown> {
    return withTimeout(this.#timeouts[kind], this.#all(client, workspace, view), NONE);
  }

  async #all(client: webApi.WebClient, workspace: string, view: View): Promise<Shown> {
    const shown = new Map<Block, string>();
    for (const [block, picture] of await picturesOf(view, this.#painter)) {
      const alt = block.kind === 'picture' ? block.alt : '';
      const file = await this.#file(client, `${workspace}:${picture.name}`, picture, alt);
      if (file) shown.set(block, file);
    }
    return shown;
  }

  /** Slack did not take these files in a message: they are not tried again. */
  forget(shown: Shown): void {
    const refused = new Set(shown.values());
    for (const [key, file] of this.#files)
      void file.then(id => {
        if (id && refused.has(id)) this.#files.delete(key);
      });
  }

  #file(client: webApi.WebClient, key: string, picture: Painted, alt: string): Promise<string | null> {
    const known = this.#files.get(key);
    if (known) return known;
    const made = upload(client, picture, alt).catch(error => {
      this.#log.info('slack took no picture', { code: codeOf(error), error });
      return null;
    });
    this.#files.set(key, made);
    void made.then(id => {
      if (!id) this.#files.delete(key);
    });
    return made;
  }
}

/** Uploads a picture and waits until it can be shown; null where that takes too long. */
async function upload(client: webApi.WebClient, { name, png }: Painted, alt: string): Promise<string | null> {
  const file = Buffer.from(png);
  const { files } = await client.filesUploadV2({ file, filename: name, alt_text: cutAt(alt, ALT) });
  const id = files[0]?.files?.[0]?.id;
  if (!id) return null;
  for (const ms of LOOKS_MS) {
    await pause(ms);
    const { file: seen } = await client.files.info({ file: id });
    if (seen?.mimetype) return id;
  }
  return null;
}
