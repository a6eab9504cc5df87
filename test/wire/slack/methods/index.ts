import type { Method } from './call.ts';
import { chat } from './chat.ts';
import { files } from './files.ts';
import { install } from './install.ts';
import { places } from './places.ts';
import { views } from './views.ts';

/** Every method of the Web API that is answered. */
export const METHODS: ReadonlyMap<string, Method> = new Map(
  [chat, files, install, places, views].flatMap(group => Object.entries(group)),
);
