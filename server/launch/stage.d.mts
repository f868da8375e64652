export const launchedAt: number
export function stage(text: string): void
