import type { RunnerAdapter } from './adapter.js';
import { ava } from './ava.js';
import { jasmine } from './jasmine.js';
import { jest } from './jest.js';
import { mocha } from './mocha.js';
import { nodeTest } from './node-test.js';
import { playwright } from './playwright.js';
import { vitest } from './vitest.js';

/** The runners that can be started for chosen tests, by id. */
export const adapters: ReadonlyMap<string, RunnerAdapter> = new Map([jest, vitest, mocha, nodeTest, playwright, ava, jasmine].map((each) => [each.id, each]));
