/** How a client logs in to a MySQL server, and the same login as a user who needs no password: nobody here knows those of the tests. */
import { CAN, HEAD, lengthAt, packet, textAt, type Packet } from './mysql-packets.js';
import { Unreadable } from './wire.js';

/** Who is there on every server that has just been made, without a password. */
export const ROOT = 'root';

export interface Login {
  readonly user: string;
  readonly database: string;
  /** What goes on in its place. */
  readonly bytes: Buffer;
}

/** Bytes before the user: capabilities, longest packet, character set, and what is empty. */
const FIXED = 32;
/** An empty answer, however long its length is written. */
const NO_PASSWORD = Buffer.from([0]);

export function readLogin({ body, sequence }: Packet, own: string): Login & { readonly capabilities: number } {
  if (body.length < FIXED) throw new Unreadable('not MySQL');
  const capabilities = body.readUInt32LE(0);
  if (capabilities & CAN.SSL) throw new Unreadable('TLS');
  if (!(capabilities & CAN.PROTOCOL_41)) throw new Unreadable('not MySQL');
  const [user, after] = textAt(body, FIXED);
  const rest = behindAnswer(body, after, capabilities);
  const database = capabilities & CAN.CONNECT_WITH_DB ? textAt(body, rest)[0] : '';
  const bytes = packet(sequence, body.subarray(0, FIXED), `${own}\0`, NO_PASSWORD, body.subarray(rest));
  return { user, database, bytes, capabilities };
}

/** COM_CHANGE_USER. */
export function readChangeOfUser({ body, sequence }: Packet, own: string): Login {
  const [user, after] = textAt(body, 1);
  const rest = after + 1 + (body[after] ?? 0);
  const bytes = packet(sequence, body.subarray(0, 1), `${own}\0`, NO_PASSWORD, body.subarray(rest));
  return { user, database: textAt(body, rest)[0], bytes };
}

function behindAnswer(body: Buffer, at: number, capabilities: number): number {
  if (capabilities & CAN.AUTH_LENENC) {
    const [length, begin] = lengthAt(body, at);
    return begin + length;
  }
  return capabilities & CAN.SECURE_CONNECTION ? at + 1 + (body[at] ?? 0) : textAt(body, at)[1];
}

/** What else a client says while it logs in: the server has asked for another kind of password, and the user has none. */
export const withoutPassword = ({ bytes }: Packet): Buffer => packet(bytes[HEAD - 1]!);
