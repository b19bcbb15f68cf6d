import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['playwright', 'playwright-core', '@playwright/test', 'puppeteer', 'puppeteer-core'],
  language: 'typescript',
  versions: 'any',
  source: 'read in package types, @playwright/test 1.65.1',
  tokens: ['playwright', 'puppeteer'],
  types: { Browser: 'Browser', BrowserContext: 'Context' },
  calls: [
    {
      call: 'chromium.launch|firefox.launch|webkit.launch|launch|default.launch|chromium.launchServer|chromium.connect|default.chromium.launch',
      returns: 'Browser',
      owes: 'browser.close()',
      owesKind: 'process',
    },
    {
      call: 'chromium.launchPersistentContext',
      returns: 'Context',
      op: 'write',
      opens: { kind: 'filesystem', name: ['arg0'], randomByDefault: true },
      owes: 'context.close()',
    },
    { call: 'Browser#newContext', returns: 'Context' },
    { call: on('Browser Context', 'close [asyncDispose]'), releases: 'receiver' },
  ],
} satisfies LibraryEntry;
