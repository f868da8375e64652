import process from 'node:process'

/** When `npm start` began, in ms since 1970, also in the process that it hands over to. */
export const launchedAt = Number(process.env.HUIZHI_LAUNCHED_AT) || Math.round(performance.timeOrigin)

/**
 * One line of progress with the seconds since the start.
 * @param {string} text
 */
export function stage(text) {
  process.stdout.write(`${((Date.now() - launchedAt) / 1000).toFixed(1).padStart(6)} s  ${text}\n`)
}
