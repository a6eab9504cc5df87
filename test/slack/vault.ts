/** A vault of secrets that is kept in memory alone, in `kept`. */
export const vaultIn = (kept: Map<string, string>) => ({
  load: async (name: string) => kept.get(name) ?? null,
  save: async (name: string, value: string) => void kept.set(name, value),
  remove: async (name: string) => void kept.delete(name),
});
