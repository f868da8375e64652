// No new syntax here: this must run on a Node that is too old.

/** The line to show if this Node is too old, else null. */
export function whyNodeIsTooOld(version) {
  const [major, minor] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19))
    return null
  return `Node 版本过低 · Node ${version} is too old: 20.19 or later is needed (https://nodejs.org).`
}
