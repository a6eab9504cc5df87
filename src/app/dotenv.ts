import { parseEnv } from 'node:util';
import { SettingsFault } from './settings.ts';

const BOMS = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
] as const;

/**
 * Reads the content of a file `.env`: text in UTF-8 or, as editors of Windows write it, in UTF-16.
 * @throws SettingsFault for what is no text.
 */
export function readDotenv(content: Uint8Array): Readonly<Record<string, string>> {
  const bom = BOMS.find(({ bytes }) => bytes.every((byte, i) => content[i] === byte));
  try {
    // The decoder leaves the mark out.
    const text = new TextDecoder(bom?.encoding ?? 'utf-8', { fatal: true }).decode(content);
    if (!text.includes('\0')) return parseEnv(text.replaceAll('\r\n', '\n')) as Record<string, string>;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  throw new SettingsFault(words => [words.dotenv.notText]);
}
