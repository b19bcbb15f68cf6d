import { spawn } from 'node:child_process';

/** Runs the project's command for a database, and throws what it said where it fails. */
export async function migrate(command: string, from: string, variables: Readonly<Record<string, string>>, name: string, url: string): Promise<void> {
  const filled = Object.entries(variables).map(([variable, text]) => [variable, text.replaceAll('{name}', name).replaceAll('{url}', url)] as const);
  const child = spawn(command, { shell: true, cwd: from, env: { ...process.env, ...Object.fromEntries(filled) }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const hear = (data: Buffer): void => {
    said = (said + data.toString()).slice(-4000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const code = await new Promise<number | null>((done, failed) => child.once('error', failed).once('close', done));
  if (code !== 0) throw new Error(`\`${command}\` failed with status ${code ?? 'of a signal'} for the database ${name}:\n${said.trim()}`);
}
