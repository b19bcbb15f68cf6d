import type { Claim } from '../model/claims.js';
import { alternatives, constantText } from '../model/names.js';

const HERE = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[?::1?\]?)?:(\d+)$/;

/**
 * Without the claims on servers that the file runs itself: what it shares with others there is the port, which is claimed too. A library that
 * tests itself starts such servers, and says their ports in ways that are not always followed.
 */
export function withoutOwnServers(claims: readonly Claim[], own: ReadonlySet<string>): readonly Claim[] {
  const ports = new Set(
    claims.flatMap(({ resource, op }) => (resource.kind === 'network-port' && op === 'bind' ? alternatives(resource.name).map(constantText) : [])),
  );
  if (ports.size === 0) return claims;
  const isOwn = ({ resource, client }: Claim): boolean => {
    const servers = resource.kind === 'network-port' ? [] : alternatives(resource.server);
    return (
      servers.length > 0 &&
      servers.every((server) => {
        const text = constantText(server);
        const port = HERE.exec(text ?? '')?.[1];
        return port !== undefined ? ports.has(port) : own.has(client) && (server.kind === 'unknown' || text === 'localhost');
      })
    );
  };
  return claims.filter((claim) => !isOwn(claim));
}
