/** The first of several next times; null when none has one. */
export async function earliest(...asked: Promise<Date | null>[]): Promise<Date | null> {
  const moments = (await Promise.all(asked)).filter(moment => moment !== null)
  return moments.length === 0
    ? null
    : new Date(Math.min(...moments.map(moment => moment.getTime())))
}
