import type { Installation, InstallationStore } from '@slack/bolt';
import { sealsOf } from './encryption.ts';

/** With what we speak in a workspace. */
export interface Access {
  /** The workspace's id, or the enterprise's where the app was installed for all of it. */
  readonly workspace: string;
  readonly token: string;
  readonly botId: string | undefined;
  readonly botUser: string | undefined;
}

/** Where installations are kept: by name, among the stored key values. */
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
  return {
    store: {
      async storeInstallation(installation) {
        const id = idOf(installation);
        await vault.save(nameOf(id), seal!.close(JSON.stringify(installation), id));
        await installed(id, installation.user.id);
      },
      async fetchInstallation(query) {
        const found = await load((query.isEnterpriseInstall ? query.enterpriseId : query.teamId) ?? '');
        if (!found) throw new Error('not installed');
        return found as Awaited<ReturnType<InstallationStore['fetchInstallation']>>;
      },
      async deleteInstallation(query) {
        await vault.remove(nameOf((query.isEnterpriseInstall ? query.enterpriseId : query.teamId) ?? ''));
      },
    },
    async find(team, enterprise) {
      for (const id of [team, enterprise]) {
        const found = id ? await load(id) : null;
        if (found?.bot)
          return { workspace: id!, token: found.bot.token, botId: found.bot.id, botUser: found.bot.userId };
      }
      return null;
    },
    remove: workspace => vault.remove(nameOf(workspace)),
  };
}

function idOf(installation: Installation): string {
  const id = installation.isEnterpriseInstall ? installation.enterprise?.id : installation.team?.id;
  if (!id) throw new Error('an installation without a workspace');
  return id;
}
