import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['selenium-webdriver'],
  language: 'typescript',
  versions: '3-4',
  source: 'read in the documentation of selenium-webdriver',
  tokens: ['selenium-webdriver'],
  calls: [
    { call: 'new Builder', returns: 'Builder' },
    { call: 'Builder#build', returns: 'Driver', owes: 'driver.quit()', owesKind: 'process' },
    { call: 'Builder#forBrowser|Builder#usingServer|Builder#withCapabilities|Builder#setChromeOptions|Builder#setFirefoxOptions', returns: 'receiver' },
    { call: 'Driver#quit|Driver#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
