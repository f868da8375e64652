/** The line to show if this Node is too old, else null. */
export function whyNodeIsTooOld(version: string): string | null
