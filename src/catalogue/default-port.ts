import type { Source } from '../model/catalogue.js';
import type { ResourceKind } from '../model/claims.js';

const PORTS: Readonly<Partial<Record<ResourceKind, string>>> = { postgresql: '5432', mysql: '3306', mongodb: '27017' };

/** The port that a server of this kind has where none is named, as the last of the sources: `['=5432']`. None where the kind is not known to have one. */
export const defaultPort = (kind: ResourceKind): readonly Source[] => {
  const port = PORTS[kind];
  return port === undefined ? [] : [`=${port}`];
};
