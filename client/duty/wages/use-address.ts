import { onScopeDispose, shallowRef } from 'vue'

/** What the page's address says behind its `?`, as it changes. */
export function useAddress() {
  const query = shallowRef(read())
  const onAddress = () => query.value = read()
  window.addEventListener('hashchange', onAddress)
  onScopeDispose(() => window.removeEventListener('hashchange', onAddress))
  return query
}

function read(): URLSearchParams {
  return new URLSearchParams(location.hash.split('?')[1] ?? '')
}
