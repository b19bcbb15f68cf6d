import type { Claim } from '../model/claims.js';
import { alternatives, constantText } from '../model/names.js';

const HERE = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[?::1?\]?)?:(\d+)$/;

/** Without the claims on servers that the file runs itself: what it shares with others there is the port, which is claimed too. */
export function withoutOwnServers(claims: readonly Claim[]): readonly Claim[] {
  const ports = new Set(
    claims.flatMap(({ resource, op }) => (resource.kind === 'network-port' && op === 'bind' ? alternatives(resource.name).map(constantText) : [])),
  );
  if (ports.size === 0) return claims;
  const isOwn = ({ resource }: Claim): boolean => {
    const servers = resource.kind === 'network-port' ? [] : alternatives(resource.server);
    return (
      servers.length > 0 &&
      servers.every((server) => {
        const port = HERE.exec(constantText(server) ?? '')?.[1];
        return port !== undefined && ports.has(port);
      })
    );
  };
  return claims.filter((claim) => !isOwn(claim));
}
