import { refuseInUnitOfWork } from '../storage/scope.ts';

/**
 * Guards whatever asks or tells a platform something. A unit of work may be run again, or not be committed, and holds
 * up everybody of its forum while it waits: no message belongs inside one. @throws MisuseError inside a unit of work: a
 * bug of ours.
 */
export const chatCall = (): void => refuseInUnitOfWork('a chat call');
