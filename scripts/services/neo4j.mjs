/**
 * Neo4j Community, which neither Debian nor npm has: its jars from Maven Central, put together once and kept outside the repository.
 * A throw-away server of tests (GPL 3), never shipped. 5.26 is the last line that Java 17, which Debian 12 has, can run.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSION = '5.26.30';

/** What `NEO4J_HOME` is to an installed one. Readable by all, since root runs servers as another user, and not emptied by a restart. */
const home = join(existsSync('/var/tmp') ? '/var/tmp' : tmpdir(), `isolation-audit-neo4j-${VERSION}-${process.getuid?.() ?? 'user'}`);

/** The home of the server that is there: one that somebody has installed goes first. */
export function neo4jHome() {
  return [process.env.NEO4J_HOME, home].find((each) => each !== undefined && existsSync(join(each, 'lib')));
}

/** 111 MB of 200 jars, by `mvn`. */
export function fetchNeo4j(mvn) {
  const folder = mkdtempSync(`${home}.`);
  try {
    mkdirSync(join(folder, 'whole'), { mode: 0o755 });
    writeFileSync(join(folder, 'pom.xml'), POM);
    execFileSync(mvn, ['-B', '-q', '--strict-checksums', `-Dmaven.repo.local=${join(folder, 'repository')}`, '-Dmaven.artifact.threads=16', ...COPY], {
      cwd: folder,
      timeout: 400_000,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    renameSync(join(folder, 'whole'), home);
  } catch (error) {
    // Another worker may have been faster.
    if (!neo4jHome()) throw new Error(`Neo4j ${VERSION} could not be fetched from Maven Central: ${error.stdout || error.message}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const COPY = ['org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=whole/lib'];

/** Without what reads Parquet files and speaks Arrow, a sixth of it. */
const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>isolation-audit</groupId>
  <artifactId>neo4j-for-tests</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.neo4j</groupId>
      <artifactId>neo4j</artifactId>
      <version>${VERSION}</version>
      <exclusions>
        <exclusion><groupId>blue.strategic.parquet</groupId><artifactId>*</artifactId></exclusion>
        <exclusion><groupId>org.neo4j</groupId><artifactId>arrow-bom</artifactId></exclusion>
      </exclusions>
    </dependency>
  </dependencies>
</project>
`;
