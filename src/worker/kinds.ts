/** What each kind of name may look like. Limits and letters: the manuals of the servers; every name we make is lower-case ASCII. */

export interface Kind {
  /** Bytes, and with ASCII also characters. */
  readonly max: number;
  /** Stands between the parts of a name. */
  readonly separator: '_' | '-' | ':';
  /** A base that matches stays as it is. */
  readonly legal: RegExp;
  /** Begins that are reserved, though the letters are legal. */
  readonly reserved?: RegExp;
  /** Stands at the end, as with key prefixes. */
  readonly closing?: string;
  /** The base keeps its ending: `orders.csv` becomes `orders_{run}_1.csv`. */
  readonly extension?: boolean;
}

const WORD = /^[a-z_][a-z0-9_]*$/;
const DASHED = /^[a-z](?:-?[a-z0-9])*$/;

export const KINDS = {
  // Postgres cuts longer names without a word, so two workers would meet in one database.
  postgres: { max: 63, separator: '_', legal: WORD, reserved: /^pg_/ },
  mysql: { max: 64, separator: '_', legal: WORD },
  mongodb: { max: 63, separator: '_', legal: WORD },
  // Underscores are illegal, names are 3 to 63 characters, `system` is reserved.
  neo4j: { max: 63, separator: '-', legal: DASHED, reserved: /^system/ },
  clickhouse: { max: 63, separator: '_', legal: WORD },
  cassandra: { max: 48, separator: '_', legal: /^[a-z][a-z0-9_]*$/ },
  elasticsearch: { max: 255, separator: '-', legal: DASHED },
  dynamodb: { max: 255, separator: '-', legal: DASHED },
  s3: { max: 63, separator: '-', legal: DASHED, reserved: /^(xn--|sthree-|amzn-s3-demo-)/ },
  // `.` and `_` meet in the names of metrics, so a topic has neither.
  kafka: { max: 249, separator: '-', legal: DASHED },
  rabbitmq: { max: 255, separator: '-', legal: DASHED },
  // The prefix of keys, its separator included.
  redis: { max: 200, separator: ':', legal: /^[a-z0-9](?:[a-z0-9_.:-]*[a-z0-9])?$/, closing: ':' },
  // 250 bytes are the whole key: a prefix of 100 leaves room.
  memcached: { max: 100, separator: ':', legal: /^[a-z0-9](?:[a-z0-9_.:-]*[a-z0-9])?$/, closing: ':' },
  file: { max: 200, separator: '_', legal: /^[a-z0-9_][a-z0-9_-]*(\.[a-z0-9]{1,8})?$/, extension: true },
  // Docker Compose projects, containers and networks.
  docker: { max: 63, separator: '-', legal: DASHED },
} as const satisfies Record<string, Kind>;

/** What a name is for. */
export type NameKind = keyof typeof KINDS;
