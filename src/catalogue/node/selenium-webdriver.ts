import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['selenium-webdriver'],
  language: 'typescript',
  versions: '3-4',
  source: 'read in the documentation of selenium-webdriver',
  tokens: ['selenium-webdriver'],
  calls: [
    { call: 'new Builder', returns: 'Builder' },
    { call: 'Builder#build', returns: 'Driver', owes: 'driver.quit()', owesKind: 'process' },
    { call: on('Builder', 'forBrowser usingServer withCapabilities setChromeOptions setFirefoxOptions'), returns: 'receiver' },
    { call: 'Driver#quit|Driver#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
