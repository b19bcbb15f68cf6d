import type { Claim } from '../model/claims.js';
import { alternatives, constantText } from '../model/names.js';
import type { RawMutation } from './settle.js';

const URL_OF = /^http(?<isSecure>s)?:\/\/(?:[^/@]*@)?(?<host>[^/:]+)(?::(?<port>\d+))?/;

/** Without the claims on servers whose requests are answered in the process: `nock('http://localhost:5984')`, `agent.get('http://localhost:5984')`. */
export function withoutIntercepted(claims: readonly Claim[], mutations: readonly RawMutation[]): readonly Claim[] {
  const intercepted = mutations.flatMap(({ state, cell, block, holder }) => {
    const { host, isSecure, port = isSecure === undefined ? '80' : '443' } = (state === 'http-mock' && URL_OF.exec(cell)?.groups) || {};
    // What one test intercepts, others may ask for.
    return host === undefined ? [] : [{ server: named(`${host}:${port}`), block: holder.role === 'test' ? block : undefined }];
  });
  if (intercepted.length === 0) return claims;
  const isAnswered = ({ resource, by }: Claim): boolean =>
    alternatives(resource.server).every((server) => {
      const text = constantText(server);
      return text !== undefined && intercepted.some((each) => each.server === named(text) && (each.block === undefined || each.block === by.block));
    });
  return claims.filter((claim) => !isAnswered(claim));
}

/** This machine goes by several names. */
const named = (server: string): string => server.replace(/^(127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?=:|$)/, 'localhost');
