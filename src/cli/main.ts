#!/usr/bin/env node
/**
 * Owns the process: arguments, signals, exit status.
 * Must not know what a scan is; everything else is loaded only when it is needed, so that `--version` answers at once.
 */
import { ownPackage } from '../project/own-package.js';

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) process.stdout.write(`${ownPackage().version}\n`);
else await (await import('./process.js')).main(argv);
