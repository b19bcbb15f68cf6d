export type ServiceName = 'redis' | 'postgres' | 'mariadb' | 'neo4j';
export type ServiceMode = 'processes' | 'containers';
export interface Services {
  readonly urls: Readonly<Partial<Record<ServiceName, string>>>;
  /** REDIS_URL, PGHOST, MYSQL_HOST and the like. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}
export function startServices(wanted?: readonly ServiceName[], options?: { readonly mode?: ServiceMode }): Promise<Services>;
export function recreateDatabases(services: Services, databases: readonly string[], schema?: string): Promise<void>;
export function installServers(): void;
export function sweep(): void;
export function containerImage(name: ServiceName): string;
export function neo4jHome(): string | undefined;
