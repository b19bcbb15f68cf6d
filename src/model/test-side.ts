/** Helpers, fixtures and setup files of tests, as opposed to the product: their loading belongs to the test's story. */
const TEST_SIDE =
  /(^|[/._-])(tests?|specs?|__tests__|__mocks__|__fixtures__|fixtures?|e2e|mocks?|testing|testutils?|testkit|testhelpers?|setup|harness)([/._-]|$)/i;
export function isTestSide(path: string): boolean {
  return TEST_SIDE.test(path);
}
