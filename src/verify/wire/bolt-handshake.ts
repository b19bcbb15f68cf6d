/** How the two sides of Bolt agree on a version: the client offers four, and since 5.7 the server may answer with a list to choose from (the manifest). */
import { TLS_HANDSHAKE, Unreadable, type Incoming } from './wire.js';

const MAGIC = Buffer.from([0x60, 0x60, 0xb0, 0x17]);
const OFFER = 20;
/** Stands where the version would. */
const MANIFEST = 0x000001ff;

/** The client's first bytes, or nothing while they are not complete. */
export function readOffer(incoming: Incoming): Buffer | undefined {
  const all = incoming.all();
  if (all[0] === TLS_HANDSHAKE) throw new Unreadable('TLS');
  // A web page would begin with the words of HTTP.
  if (!MAGIC.subarray(0, all.length).equals(all.subarray(0, MAGIC.length))) throw new Unreadable('not Bolt');
  return all.length < OFFER ? undefined : incoming.take(OFFER);
}

/** What the server makes of it. */
export function readAgreement(incoming: Incoming): 'version' | 'manifest' | undefined {
  const all = incoming.all();
  if (all.length < 4) return undefined;
  if (all.readUInt32BE(0) !== MANIFEST) {
    incoming.take(4);
    return 'version';
  }
  const count = numberAt(all, 4);
  const capabilities = count && numberAt(all, count.next + 4 * count.value);
  if (!capabilities) return undefined;
  incoming.take(capabilities.next);
  return 'manifest';
}

/** The version that the client takes from a manifest, and what both can besides. */
export function readChoice(incoming: Incoming): Buffer | undefined {
  const capabilities = numberAt(incoming.all(), 4);
  return capabilities && incoming.take(capabilities.next);
}

/** Seven bits in a byte, the lowest first; all but the last have the eighth. */
function numberAt(all: Buffer, at: number): { readonly value: number; readonly next: number } | undefined {
  let value = 0;
  for (let index = 0; at + index < all.length; index++) {
    const byte = all[at + index]!;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, next: at + index + 1 };
    if (index > 8) throw new Unreadable('not Bolt');
  }
  return undefined;
}
