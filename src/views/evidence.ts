import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import type { Control } from '../contract/view.ts';
import type { FileOf } from '../domain/evidence.ts';
import type { KeptFile } from '../domain/files/store.ts';
import { cutAt } from '../language/clean.ts';
import { formatNumber } from '../language/numbers.ts';
import { link, type Text, t } from '../language/text.ts';

/** Maximum number of files that a card offers, the newest: a menu holds no more. */
const OFFERED = 25;
/** Maximum length of a name in a menu, characters. */
const NAME = 70;
const KIB = 1_024;

/** Hosts that give out a file under a signed address for some time only. */
const PASSING = /^https:\/\/(cdn\.discordapp\.com|media\.discordapp\.net|files\.slack\.com)\//;

/**
 * Says where evidence or a document is: a kept file by its name, an address as a link, anything else as
 * words. Files from before contents were kept are only at their platform, which says so.
 */
export function proofText({ m }: Pick<RenderContext, 'm'>, content: string, file: string | null): Text {
  if (file !== null) return t`📎 ${content}`;
  if (!/^https?:\/\//.test(content)) return content;
  const address = link(content, content);
  return PASSING.test(content) ? t`${address} (${m.core.passingAddress})` : [address];
}

/** Tells how large a file is, in words. */
export const fileText = ({ locale }: Pick<RenderContext, 'locale'>, { size }: Pick<KeptFile, 'size'>): string =>
  size < KIB * KIB
    ? `${Math.ceil(size / KIB)} kB`
    : `${formatNumber(Math.round((size * 10) / KIB / KIB) / 10, locale)} MB`;

/** The way to the files of a thing: a button for one, a menu for several. */
export function fileControls({ m }: Pick<RenderContext, 'm'>, code: string, files: readonly FileOf[]): Control[] {
  const [only, ...others] = files;
  if (!only) return [];
  if (!others.length) return [button(m, 'openFile', 'rf', { code, file: String(only.id) })];
  const choices = files
    .slice(-OFFERED)
    .reverse()
    .map(one => ({ value: String(one.id), label: cutAt(one.name, NAME) }));
  const does = { action: 'rf', values: { code } };
  return [{ kind: 'select', name: 'openFile', label: m.core.openFileLabel, does, fills: 'file', choices }];
}
