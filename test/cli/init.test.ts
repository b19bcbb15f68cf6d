import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, folder } from './fake-world.js';

describe('init', () => {
  test('writes TypeScript where the project has it', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'tsconfig.json'), '{}');
    const { out, status } = await cli(['init'], { cwd });
    expect(status).toBe(0);
    expect(out).toContain('Wrote isolation-audit.config.ts.');
    expect(readdirSync(cwd).sort()).toEqual(['isolation-audit.config.ts', 'tsconfig.json']);
    expect(readFileSync(join(cwd, 'isolation-audit.config.ts'), 'utf8')).toContain("import { defineConfig } from 'isolation-audit';");
  });

  test('writes JavaScript elsewhere', async () => {
    const cwd = folder();
    await cli(['init'], { cwd });
    expect(readdirSync(cwd)).toEqual(['isolation-audit.config.mjs']);
  });

  test.each(['ts', 'js', 'mjs', 'json'])('leaves isolation-audit.config.%s as it is', async (extension) => {
    const cwd = folder();
    const file = `isolation-audit.config.${extension}`;
    writeFileSync(join(cwd, file), 'mine');
    const { err, status } = await cli(['init'], { cwd });
    expect(status).toBe(2);
    expect(err).toContain(`\`${file}\` is there already and stays as it is.`);
    expect(readdirSync(cwd)).toEqual([file]);
    expect(readFileSync(join(cwd, file), 'utf8')).toBe('mine');
  });
});
