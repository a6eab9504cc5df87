import type { Installation, InstallationStore } from '@slack/bolt';
import { steadyMs } from '../../src/contract/clock.ts';
import { BoundedMap } from '../../src/runtime/bounded-map.ts';
import { sealsOf } from './encryption.ts';

/** Time after which an installation is read again, ms: another process may have changed it. */
const FRESH_MS = 5_000;
/** Maximum number of installations that are remembered; the oldest go first. */
const MAXIMUM_KNOWN = 2_000;

/** Access to a workspace: its token, and who the bot is there. */
export interface Access {
  /** The workspace's id, or the enterprise's where the app was installed for all of it. */
  readonly workspace: string;
  readonly token: string;
  readonly botId: string | undefined;
  readonly botUser: string | undefined;
}

/** Describes where installations are kept: by name, among the stored key values. */
export interface Vault {
  load(name: string): Promise<string | null>;
  save(name: string, value: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** The workspaces that have installed us. */
export interface Installations {
  find(team: string | undefined, enterprise: string | undefined): Promise<Access | null>;
  remove(workspace: string): Promise<void>;
}

/** Installations through OAuth, each closed with a key of ours before it is kept. */
export function keptInstallations(
  vault: Vault,
  secret: string,
  installed: (workspace: string, installer: string) => Promise<void> = async () => {},
  now: () => number = steadyMs,
): Installations & { readonly store: InstallationStore } {
  const [seal, ...former] = sealsOf(secret);
  const nameOf = (id: string): string => `slack:${id}`;
  const load = async (id: string): Promise<Installation | null> => {
    const sealed = await vault.load(nameOf(id));
    if (!sealed) return null;
    let json = seal!.open(sealed, id);
    if (!json) {
      json = former.map(old => old.open(sealed, id)).find(Boolean) ?? null;
      if (json) await vault.save(nameOf(id), seal!.close(json, id));
    }
    return json ? (JSON.parse(json) as Installation) : null;
  };
  const known = new BoundedMap<string, { readonly access: Access; readAt: number }>(MAXIMUM_KNOWN);
  let changes = 0;
  const forget = (): void => {
    changes++;
    known.clear();
  };
  const read = async (team: string | undefined, enterprise: string | undefined): Promise<Access | null> => {
    for (const id of [team, enterprise]) {
      const found = id ? await load(id) : null;
      if (found?.bot) return { workspace: id!, token: found.bot.token, botId: found.bot.id, botUser: found.bot.userId };
    }
    return null;
  };
  const look = async (
    key: string,
    team: string | undefined,
    enterprise: string | undefined,
  ): Promise<Access | null> => {
    const since = changes;
    const access = await read(team, enterprise);
    // Changed while it was read: what was read may be what was before.
    if (since !== changes) return access;
    known.delete(key);
    if (access) known.set(key, { access, readAt: now() });
    return access;
  };
  return {
    store: {
      async storeInstallation(installation) {
        const id = idOf(installation);
        await vault.save(nameOf(id), seal!.close(JSON.stringify(installation), id));
        forget();
        await installed(id, installation.user.id);
      },
      async fetchInstallation(query) {
        const found = await load((query.isEnterpriseInstall ? query.enterpriseId : query.teamId) ?? '');
        if (!found) throw new Error('not installed');
        return found as Awaited<ReturnType<InstallationStore['fetchInstallation']>>;
      },
      async deleteInstallation(query) {
        await vault.remove(nameOf((query.isEnterpriseInstall ? query.enterpriseId : query.teamId) ?? ''));
        forget();
      },
    },
    // Every acknowledgement needs this first, so it never waits for the database: what was known is used meanwhile.
    async find(team, enterprise) {
      const key = `${team} ${enterprise}`;
      const last = known.get(key);
      if (!last) return look(key, team, enterprise);
      if (now() - last.readAt > FRESH_MS) {
        last.readAt = now();
        void look(key, team, enterprise).catch(() => undefined);
      }
      return last.access;
    },
    async remove(workspace) {
      await vault.remove(nameOf(workspace));
      forget();
    },
  };
}

function idOf(installation: Installation): string {
  const id = installation.isEnterpriseInstall ? installation.enterprise?.id : installation.team?.id;
  if (!id) throw new Error('an installation without a workspace');
  return id;
}
