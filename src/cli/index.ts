import { converseVerb } from './converse.ts';
import { coordinatorVerb } from './coordinator.ts';
import { backupVerb, migrateVerb, restoreVerb } from './database.ts';
import { demoVerb, tourVerb } from './demo.ts';
import { deployVerb } from './deploy.ts';
import { doctorVerb } from './doctor.ts';
import { exportVerb } from './export.ts';
import { importVerb } from './import.ts';
import { manifestVerb } from './manifest.ts';
import { outboxVerb } from './outbox.ts';
import { placesVerb } from './places.ts';
import { reloadVerb } from './reload.ts';
import { startVerb } from './start.ts';
import type { VerbDefinition, Words } from './verb.ts';

/** All that `rembug VERB` does; each has its line in the catalogues. */
export const VERBS = {
  start: startVerb,
  console: converseVerb,
  demo: demoVerb,
  tour: tourVerb,
  deploy: deployVerb,
  manifest: manifestVerb,
  migrate: migrateVerb,
  doctor: doctorVerb,
  backup: backupVerb,
  restore: restoreVerb,
  export: exportVerb,
  import: importVerb,
  coordinator: coordinatorVerb,
  places: placesVerb,
  outbox: outboxVerb,
  reload: reloadVerb,
} as const satisfies Record<keyof Words['verbs'], VerbDefinition>;
