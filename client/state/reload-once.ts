const key = 'huizhi-reloaded-for'

export interface ReloadablePage {
  /** Hash that this page was built for; `none` in a build without one. */
  contract: string
  remembered: () => string | null
  remember: (contract: string) => void
  reload: () => void
}

const browserPage: ReloadablePage = {
  contract: __CONTRACT__,
  remembered: () => sessionStorage.getItem(key),
  remember: contract => sessionStorage.setItem(key, contract),
  reload: () => location.reload(),
}

/**
 * After an upgrade the server speaks another contract than this page was built for: load the new page, once for each
 * contract. If it still differs then (an old page in a proxy's cache), go on with what there is instead of reloading in a loop.
 */
export function reloadOnce(contract: string, page: ReloadablePage = browserPage): boolean {
  if (page.contract === 'none' || contract === page.contract || page.remembered() === contract)
    return false
  page.remember(contract)
  page.reload()
  return true
}
