import { installServers } from '../scripts/services.mjs';

/** Called by Vitest before the tests of a project. */
export const setup = installServers;
