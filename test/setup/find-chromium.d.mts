/** The Chromium that the tests drive, or null: CHROME_PATH, one that is installed, or the one that Playwright fetched. */
export function findChromium(): Promise<string | null>
