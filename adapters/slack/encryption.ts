import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const NONCE = 12;
const TAG = 16;

/** Closes and opens what the database must not hold in the clear. */
export interface Seal {
  close(words: string, about: string): string;
  /** Null for what was changed, belongs elsewhere or was closed with another key. */
  open(sealed: string, about: string): string | null;
}

const partsOf = (secrets: string): string[] => secrets.split(',').map(part => part.trim());

/** The newest of several secrets, `new,old`: it closes, and the older ones only open. */
export const newestOf = (secrets: string): string => partsOf(secrets)[0]!;

/** The seals of several secrets, the newest first; the whole as one secret may have closed something, too. */
export function sealsOf(secrets: string): Seal[] {
  const parts = partsOf(secrets);
  const known = new Set([...parts.filter(Boolean), ...(parts.length > 1 ? [secrets] : [])]);
  return [...known].map(createSeal);
}

/** The key that signs the state of an installation under way: of its own, so that it tells nothing of the seal's. */
export const stateKeyOf = (secret: string): string =>
  Buffer.from(hkdfSync('sha256', secret, 'rembug', 'slack oauth state', 32)).toString('base64url');

/** A seal (AES-256-GCM) whose key is derived from a secret of the installation; `about` binds words to their place. */
export function createSeal(secret: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, 'rembug', 'slack installations', 32));
  return {
    close(words, about) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(words, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed, about) {
      try {
        const bytes = Buffer.from(sealed, 'base64url');
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG })
          .setAAD(Buffer.from(about))
          .setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
        return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
